import { compose } from "./compose.ts";
import { addressOf, type Letter } from "./letter.ts";
import { type MessagePart, type Part, sizeOf, toMessagePart, walk } from "./part.ts";
import { parseRfc822 } from "./rfc822-read.ts";
import { toRfc822 } from "./rfc822-write.ts";
import { readingText, snippetOf, textOfHtml } from "./snippet.ts";

/** What a delivered message is kept as. Seeded ones are letters made on demand. */
export type StoredContent =
  | { kind: "letter"; letter: Letter }
  | { kind: "rfc822"; base64: string; keepCharset: boolean }
  | {
      kind: "verbatim";
      /** Given back as it is, however malformed. */
      payload: unknown;
      snippet?: string;
      sizeEstimate?: number;
      rawBase64?: string;
      /** base64url by attachment id. */
      attachments?: Record<string, string>;
    };

/** A message's content the way the API gives it out. */
export interface Content {
  payload(attachmentIdOf: (partId: string) => string): unknown;
  /** RFC 822. */
  raw(): Buffer;
  snippet: string;
  sizeEstimate: number;
  /** base64url of an attachment by part id (composed and parsed mail) or by its own id (verbatim). */
  attachment(id: string): { data: string; size: number } | null;
  searchable: Searchable;
}

/** What a search looks at; lower case where it is compared. */
export interface Searchable {
  from: string;
  to: string;
  cc: string;
  subject: string;
  text: string;
  filenames: string[];
  messageId: string;
  listId: string;
}

export const nothingToSearch: Searchable = {
  from: "",
  to: "",
  cc: "",
  subject: "",
  text: "",
  filenames: [],
  messageId: "",
  listId: "",
};

export async function open(stored: StoredContent): Promise<Content> {
  if (stored.kind === "letter") return ofTree(compose(stored.letter), null);
  if (stored.kind === "verbatim") return verbatim(stored);
  const raw = Buffer.from(stored.base64, "base64");
  return ofTree(await parseRfc822(raw, stored.keepCharset), raw);
}

/** A letter can be searched without composing its MIME. */
export function searchableLetter(letter: Letter): Searchable {
  return {
    from: letter.from.toLowerCase(),
    to: letter.to.toLowerCase(),
    cc: (letter.cc ?? "").toLowerCase(),
    subject: letter.subject.toLowerCase(),
    text: letter.paragraphs.join(" ").toLowerCase(),
    filenames: letter.enclosures
      .filter((one) => one.contentId === undefined)
      .map((one) => one.filename.toLowerCase()),
    messageId: addressOf(letter.messageId),
    listId: (letter.listId ?? "").toLowerCase(),
  };
}

function ofTree(root: Part, raw: Buffer | null): Content {
  const text = readingText(root);
  return {
    payload: (attachmentIdOf) => toMessagePart(root, attachmentIdOf),
    raw: () => raw ?? toRfc822(root),
    snippet: snippetOf(text),
    sizeEstimate: raw?.length ?? sizeOf(root),
    attachment: (partId) => {
      for (const one of walk(root)) {
        if (one.partId !== partId || one.part.body === null) continue;
        return { data: one.part.body.toString("base64url"), size: one.part.body.length };
      }
      return null;
    },
    searchable: searchableHeaders(
      root.headers,
      text,
      [...walk(root)].map(({ part }) => part.filename).filter(Boolean),
    ),
  };
}

function verbatim(stored: Extract<StoredContent, { kind: "verbatim" }>): Content {
  const root = (stored.payload ?? {}) as Partial<MessagePart>;
  const headers = Array.isArray(root.headers) ? root.headers : [];
  const text = Buffer.from(String(root.body?.data ?? ""), "base64url").toString("utf8");
  return {
    payload: () => stored.payload,
    raw: () => Buffer.from(stored.rawBase64 ?? "", "base64"),
    snippet: stored.snippet ?? snippetOf(textOfHtml(text)),
    sizeEstimate: stored.sizeEstimate ?? JSON.stringify(stored.payload ?? null).length,
    attachment: (id) => {
      const data = stored.attachments?.[id];
      return data === undefined ? null : { data, size: Buffer.from(data, "base64url").length };
    },
    searchable: searchableHeaders(headers, text, []),
  };
}

function searchableHeaders(
  headers: readonly { name?: unknown; value?: unknown }[],
  text: string,
  filenames: string[],
): Searchable {
  const value = (name: string) =>
    String(headers.find((header) => String(header?.name).toLowerCase() === name)?.value ?? "").toLowerCase();
  return {
    from: value("from"),
    to: value("to"),
    cc: value("cc"),
    subject: value("subject"),
    text: text.toLowerCase(),
    filenames: filenames.map((name) => name.toLowerCase()),
    messageId: addressOf(
      String(headers.find((header) => String(header?.name).toLowerCase() === "message-id")?.value ?? ""),
    ),
    listId: value("list-id"),
  };
}
