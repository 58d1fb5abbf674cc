/** The text of one part: bytes, charset and the plain formats resolved, and what went wrong on the way. */

import type { Problem } from "../../domain/readable-message.ts";
import { decodeText } from "../mime/charset.ts";
import type { DescribedPart } from "../mime/part.ts";
import { isHtml } from "../mime/select-parts.ts";
import { decodeTransfer } from "../mime/transfer.ts";
import { printable } from "../mime/visible-text.ts";
import { unarmoured } from "./armour.ts";
import { enrichedToText, richtextToText } from "./enriched.ts";
import { flowedLines, type Line, plainLines } from "./flowed.ts";

/** As much plain text as is shown, in all parts together: about 50 pages. The rest is a download away. */
export const textLimitBytes = 100_000;
/** HTML may carry pictures in itself, so it may be larger. */
const htmlLimitBytes = 2 * 1_048_576;

export interface PartText {
  readonly text: string;
  /** How many bytes it was made of. */
  readonly shownBytes: number;
  readonly problems: readonly Problem[];
}

/**
 * @param loaded bytes of bodies that Gmail keeps apart, by part id
 * @param left how many bytes of plain text may still be shown
 */
export function partText(
  described: DescribedPart,
  loaded: ReadonlyMap<string, Uint8Array>,
  left: number,
): PartText {
  const { part, mimeType, parameters } = described;
  const { partId, body } = part;
  const problems: Problem[] = [];
  const apart = loaded.get(partId);
  if (apart === undefined && body.data === null && body.attachmentId !== null) {
    return { text: "", shownBytes: 0, problems: [{ code: "body-not-loaded", partId }] };
  }
  const { bytes, broken } =
    apart === undefined ? decodeTransfer(body.data ?? "") : { bytes: apart, broken: false };
  if (broken) problems.push({ code: "transfer-broken", partId });
  const limit = isHtml(described) ? htmlLimitBytes : left;
  const shown = wholeCharacters(bytes, limit);
  if (shown.length < bytes.length) problems.push({ code: "too-large", shownBytes: shown.length });
  const { text, unknownCharset } = decodeText(
    shown,
    parameters.charset ?? (isHtml(described) ? metaCharset(shown) : null),
  );
  if (unknownCharset !== null) problems.push({ code: "charset-unknown", partId, charset: unknownCharset });
  const shownBytes = shown.length;
  if (mimeType === "text/enriched") return { text: enrichedToText(printable(text)), shownBytes, problems };
  if (mimeType === "text/richtext") return { text: richtextToText(printable(text)), shownBytes, problems };
  const { text: plain, isSigned, isEncrypted } = unarmoured(printable(text));
  if (isEncrypted) problems.push({ code: "encrypted", method: "pgp" });
  if (isSigned) problems.push({ code: "signature-unchecked", method: "pgp" });
  return { text: plain, shownBytes, problems };
}

/** The lines of a plain part. @see https://www.rfc-editor.org/rfc/rfc3676 §4 */
export function partLines({ parameters }: DescribedPart, text: string): Line[] {
  const isFlowed = parameters.format?.toLowerCase() === "flowed";
  return isFlowed ? flowedLines(text, parameters.delsp?.toLowerCase() === "yes") : plainLines(text);
}

/** The charset an HTML document names for itself. @see https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding */
function metaCharset(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, 1_024)).toString("latin1");
  return /<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w-]+)/iu.exec(start)?.[1] ?? null;
}

/** At most `limit` bytes, not ending within a UTF-8 character. */
function wholeCharacters(bytes: Uint8Array, limit: number): Uint8Array {
  if (bytes.length <= limit) return bytes;
  let end = limit;
  while (end > limit - 4 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end);
}
