/**
 * What a person reads of a message. Types only, free of server code: components may import this file.
 */

import type { Card } from "./card.ts";
import type { NamePiece, NameTrick } from "./file-name.ts";
import type { LabelId, MessageId, ThreadId } from "./mail.ts";
import type { MailAddress } from "./mail-address.ts";
import type { LinkNote, MailLink } from "./mail-link.ts";
import type { RemoteContent } from "./remote-content.ts";
import type { Report } from "./report.ts";
import type { Authentication, MailingList, MisleadingName, SenderWarning } from "./sender-trust.ts";
import type { Unsubscribe } from "./unsubscribe.ts";

export type { MailAddress } from "./mail-address.ts";

/** A row of the list. */
export interface MessageSummary {
  readonly id: MessageId;
  readonly threadId: ThreadId;
  readonly labelIds: readonly LabelId[];
  /** The first author with an address. */
  readonly from: MailAddress | null;
  /** Everybody in From, where it names more than one. */
  readonly authors?: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  /** Decoded, on one line; null when there is none. */
  readonly subject: string | null;
  /** Decoded text without markup: whitespace collapsed, invisible padding removed. */
  readonly snippet: string;
  readonly unread: boolean;
  readonly starred: boolean;
  readonly draft: boolean;
  readonly hasAttachment: boolean;
  /** When Gmail received it: milliseconds since the epoch. */
  readonly internalDateMs: number;
  readonly sizeBytes: number;
}

export interface ReadableMessage extends MessageSummary, MessageContent {
  readonly cc: readonly MailAddress[];
  /** In what the account sent itself. */
  readonly bcc: readonly MailAddress[];
  readonly replyTo: readonly MailAddress[];
  /** The Sender header, where it names someone other than From. */
  readonly sentBy: MailAddress | null;
  /** The Date header: what the sender's clock said. Null when absent or not a date. */
  readonly date: Date | null;
  /** How far the sender's clock is ahead of UTC; null where the header does not say it. */
  readonly dateOffsetMinutes: number | null;
  readonly authentication: Authentication;
  /** Invitations and contacts that came as files. */
  readonly cards: readonly Card[];
  /** How to leave the mailing list that it came by; null where it names no way. */
  readonly unsubscribe: Unsubscribe | null;
  readonly list: MailingList | null;
  /** What the headers give reason to warn of. */
  readonly warnings: readonly SenderWarning[];
}

/** What a message holds, beside its headers. */
export interface MessageContent {
  readonly body: ReadableBody;
  readonly attachments: readonly Attachment[];
  /** What cannot be shown, or not as it was meant, is said. */
  readonly problems: readonly Problem[];
  readonly remoteContent: RemoteContent;
  /** Links of which there is something to say. */
  readonly links: readonly MailLink[];
  /** What a server or a mail program says in it about another message. */
  readonly report: Report | null;
  /** Messages within this one, in their order. */
  readonly enclosed: readonly EnclosedMessage[];
}

/** A message that stands in another one. */
export interface EnclosedMessage extends MessageContent {
  /** Of the part that holds it. */
  readonly partId: string;
  readonly from: MailAddress | null;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly subject: string | null;
  readonly date: Date | null;
}

export type ReadableBody =
  | {
      readonly kind: "text";
      readonly blocks: readonly TextBlock[];
      /** There is more text than this: what stands behind it is asked for by itself. */
      readonly isCut?: boolean;
    }
  | {
      readonly kind: "html";
      /** Sanitized; goes through `frameDocument` into the sandboxed frame and nowhere else. */
      readonly html: string;
      /** Rules for this HTML alone, sanitized; for the same place. */
      readonly css: string;
      /** Addresses of the pictures behind things, as the mail wrote them: the first is `var(--picture-0)`, and so on. */
      readonly pictures: readonly string[];
      /** The message brings colours of its own, so its ground is white, as its author saw it. */
      readonly hasOwnColors: boolean;
      /** About how tall it is on a screen, in CSS pixels. */
      readonly heightPx: number;
      /** The message as text, for a reader who prefers it to the HTML. */
      readonly blocks: readonly TextBlock[];
    }
  | { readonly kind: "none" };

/** A stretch of text, shown with its line breaks; with `href` (http, https or mailto) it is a link. */
export interface Run {
  readonly text: string;
  readonly href?: string;
  /** What is to be known before one follows the link. */
  readonly note?: LinkNote;
  /** A long run without a place to break a line: it may break anywhere. */
  readonly unbroken?: true;
}

export type TextBlock =
  | { readonly kind: "text"; readonly runs: readonly Run[] }
  | { readonly kind: "signature"; readonly runs: readonly Run[] }
  | {
      readonly kind: "quote";
      /** 1 for a quote, 2 for a quote within it. */
      readonly depth: number;
      /** Whether it starts out closed. */
      readonly folded: boolean;
      /** The line that introduces it ("On Friday Sari wrote:"), empty when there is none. */
      readonly attribution: readonly Run[];
      readonly blocks: readonly TextBlock[];
    };

export type AttachmentKind =
  | "Archive"
  | "Audio"
  | "Calendar"
  | "Contact"
  | "Document"
  | "File"
  | "Image"
  | "Message"
  | "PDF"
  | "Presentation"
  | "Program"
  | "Signature"
  | "Table"
  | "Text"
  | "Video"
  | "Web page";

export interface Attachment {
  readonly partId: string;
  /** Null when Gmail keeps the bytes in the part itself. */
  readonly attachmentId: string | null;
  /** Never empty; no path, no control or bidi characters. */
  readonly filename: string;
  readonly mimeType: string;
  readonly kind: AttachmentKind;
  readonly sizeBytes: number;
  /** The message shows it in its text, so it need not be listed. */
  readonly inline: boolean;
  readonly contentId: string | null;
  /** Whether the sender gave it a name; `filename` says what it is where not. */
  readonly isNamed: boolean;
  /** In what its name is not what it seems. */
  readonly tricks: readonly NameTrick[];
  /** The name as it was written, where there are tricks in it; empty otherwise. */
  readonly written: readonly NamePiece[];
  /** The message brings the same file again, which is not listed. */
  readonly isRepeated: boolean;
}

export type Problem =
  /** The text is in a charset nobody knows; it was read as windows-1252. */
  | { readonly code: "charset-unknown"; readonly partId: string; readonly charset: string }
  /** The bytes of a part did not decode whole; what decoded is shown. */
  | { readonly code: "transfer-broken"; readonly partId: string }
  /** Gmail keeps this text apart and it was not loaded. */
  | { readonly code: "body-not-loaded"; readonly partId: string }
  | { readonly code: "no-body" }
  /** Parts or markup nest deeper than is shown. */
  | { readonly code: "too-deep" }
  /** Only the first `shownBytes` of the text are shown. */
  | { readonly code: "too-large"; readonly shownBytes: number }
  /** Reading it takes more time or memory than a message may have. */
  | { readonly code: "not-read" }
  /** A header that may stand once stands repeatedly; the first is shown. */
  | { readonly code: "headers-doubled"; readonly names: readonly string[] }
  | { readonly code: "headers-too-long"; readonly names: readonly string[] }
  | MisleadingName
  | { readonly code: "encrypted"; readonly method: "pgp" | "smime" }
  /** The message is wrapped in an S/MIME signature that did not open. */
  | { readonly code: "signed-opaque" }
  /** It is signed, and whether the signature holds is not known here. */
  | { readonly code: "signature-unchecked"; readonly method: "pgp" | "smime" }
  /** Outlook has put the message into a file that is too large to be opened, or broken. */
  | { readonly code: "tnef-unopened" }
  /** A part of a message that was sent in pieces. */
  | { readonly code: "partial" };
