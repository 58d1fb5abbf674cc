/**
 * What the headers of one MIME part say about it.
 * @see https://www.rfc-editor.org/rfc/rfc2045, https://www.rfc-editor.org/rfc/rfc2183, https://www.rfc-editor.org/rfc/rfc2392
 */

import type { MessagePart } from "../../domain/mail.ts";
import { decodeEncodedWords } from "./encoded-words.ts";
import { decodeWords, headerValue, structuredHeader } from "./headers.ts";

export interface DescribedPart {
  readonly part: MessagePart;
  /** In lower case; "text/plain" where the part says nothing. */
  readonly mimeType: string;
  /** Parameters of Content-Type: charset, format, start … */
  readonly parameters: Readonly<Record<string, string>>;
  readonly disposition: string;
  /** As the sender wrote it, decoded; empty when there is none. Not safe as a file name. */
  readonly name: string;
  /** The same with all that does not show: controls, marks that turn text, runs of spaces. */
  readonly writtenName: string;
  readonly contentId: string | null;
}

export function describePart(part: MessagePart): DescribedPart {
  const type = structuredHeader(part.headers, "content-type");
  const disposition = structuredHeader(part.headers, "content-disposition");
  const contentId = headerValue(part.headers, "content-id");
  const written = part.filename || disposition.params.filename || type.params.name || "";
  return {
    part,
    mimeType: (part.mimeType || type.value).toLowerCase() || "text/plain",
    parameters: type.params,
    disposition: disposition.value,
    name: decodeWords(written),
    writtenName: decodeEncodedWords(written.slice(0, 4_000)).slice(0, 2_000),
    contentId: contentId === null ? null : normalizeContentId(contentId) || null,
  };
}

/** As it is written in Content-ID and in `cid:` addresses alike: decoded, without angle brackets. */
export function normalizeContentId(written: string): string {
  const text = written
    .trim()
    .replace(/^<(.*)>$/u, "$1")
    .slice(0, 1_000);
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
