/** The text of one part: bytes, charset and the plain formats resolved, and what went wrong on the way. */

import type { Problem } from "../../domain/readable-message.ts";
import { decodeText } from "../mime/charset.ts";
import type { DescribedPart } from "../mime/part.ts";
import { isHtml } from "../mime/select-parts.ts";
import { decodeTransfer } from "../mime/transfer.ts";
import { printable } from "../mime/visible-text.ts";
import { type Unarmoured, unarmoured } from "./armour.ts";
import { enrichedToText, richtextToText } from "./enriched.ts";
import { flowedLines, type Line, plainLines } from "./flowed.ts";

/** As much plain text as is shown at once, in all parts together: about 50 pages. The rest is asked for by itself. */
export const textLimit = 100_000;
/** HTML may carry pictures in itself, so it may be larger. */
const htmlLimitBytes = 2 * 1_048_576;

export interface PartText {
  readonly text: string;
  /** What stands behind it, where it is cut. */
  readonly rest: string;
  /** How many bytes it was made of. */
  readonly shownBytes: number;
  readonly problems: readonly Problem[];
}

/**
 * @param loaded bytes of bodies that Gmail keeps apart, by part id
 * @param left how many characters of plain text may still be shown
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
    return { text: "", rest: "", shownBytes: 0, problems: [{ code: "body-not-loaded", partId }] };
  }
  const { bytes, broken } =
    apart === undefined ? decodeTransfer(body.data ?? "") : { bytes: apart, broken: false };
  if (broken) problems.push({ code: "transfer-broken", partId });
  const isMarkup = isHtml(described);
  const read = isMarkup ? wholeCharacters(bytes, htmlLimitBytes) : bytes;
  const declared = parameters.charset ?? (isMarkup ? metaCharset(read) : null);
  const { text: decoded, unknownCharset } = decodeText(read, declared);
  if (unknownCharset !== null) problems.push({ code: "charset-unknown", partId, charset: unknownCharset });
  if (isMarkup) {
    const shownBytes = read.length;
    if (shownBytes < bytes.length) problems.push({ code: "too-large", shownBytes });
    return { text: printable(decoded), rest: "", shownBytes, problems };
  }
  const { text: whole, isSigned, isEncrypted } = plainText(mimeType, printable(decoded));
  if (isEncrypted) problems.push({ code: "encrypted", method: "pgp" });
  if (isSigned) problems.push({ code: "signature-unchecked", method: "pgp" });
  const end = cutAt(whole, left);
  const text = whole.slice(0, end);
  const shownBytes = Buffer.byteLength(text);
  if (end < whole.length) problems.push({ code: "too-large", shownBytes });
  return { text, rest: whole.slice(end), shownBytes, problems };
}

function plainText(mimeType: string, text: string): Unarmoured {
  if (mimeType === "text/enriched")
    return { text: enrichedToText(text), isSigned: false, isEncrypted: false };
  if (mimeType === "text/richtext")
    return { text: richtextToText(text), isSigned: false, isEncrypted: false };
  return unarmoured(text);
}

/** A cut is made at the end of a line, or else at a space, where one is so near. */
const nearestCut = 4_000;

/** Where a text is cut: behind no more than `limit` characters, and not within one. */
function cutAt(text: string, limit: number): number {
  if (text.length <= limit) return text.length;
  const near = text.slice(Math.max(0, limit - nearestCut), limit);
  const space = Math.max(near.lastIndexOf("\n"), near.includes("\n") ? -1 : near.lastIndexOf(" "));
  if (space !== -1) return limit - near.length + space + 1;
  return /[\ud800-\udbff]$/u.test(near) ? limit - 1 : limit;
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
