/** A file that comes with a letter; without `contentBase64` a plausible one of that type is made on demand. */
export interface Enclosure {
  filename: string;
  mimeType: string;
  contentBase64?: string;
  /** Shown inside the HTML by `cid:`. */
  contentId?: string;
}

export interface Meeting {
  title: string;
  startMs: number;
  minutes: number;
  place: string;
}

/** What a mail says, before it becomes MIME. Times are ms, addresses are spelled `Name <address>`. */
export interface Letter {
  from: string;
  to: string;
  cc?: string;
  subject: string;
  dateMs: number;
  messageId: string;
  inReplyTo?: string;
  references?: string[];
  paragraphs: string[];
  quoted?: { from: string; dateMs: number; paragraphs: string[] };
  style: "plain" | "alternative" | "html" | "newsletter" | "invitation" | "album";
  /** The markup to send instead of one made from the paragraphs. */
  html?: string;
  enclosures: Enclosure[];
  meeting?: Meeting;
  listId?: string;
  /** Leave non-ASCII header values RFC 2047 encoded in the API's answer, as Gmail sometimes does. */
  encodedHeaders: boolean;
}

/** The bare address of `Name <address>`. */
export function addressOf(mailbox: string): string {
  return /<([^>]*)>/.exec(mailbox)?.[1] ?? mailbox;
}

/** About how many bytes the letter's MIME will take. */
export function letterSize(letter: Letter): number {
  const text =
    letter.paragraphs.reduce((sum, paragraph) => sum + paragraph.length, 0) + (letter.html?.length ?? 0);
  const files = letter.enclosures.reduce((sum, one) => sum + (one.contentBase64?.length ?? 2_000), 0);
  return 900 + text * (letter.style === "plain" ? 1 : 3) + files;
}
