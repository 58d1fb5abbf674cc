/**
 * The bytes of a part as Gmail hands them over.
 * @see https://www.rfc-editor.org/rfc/rfc4648 §5
 */

export interface TransferredBytes {
  readonly bytes: Buffer;
  /** Characters that do not belong, or a length that cannot be: something was lost on the way. */
  readonly broken: boolean;
}

/** Decodes base64url; standard base64, whitespace and missing padding are tolerated, junk is skipped and said. */
export function decodeTransfer(data: string): TransferredBytes {
  const junk = /[^\w+/=\s-]/u.test(data);
  const characters = data.replace(/[^\w+/-]/gu, "");
  // Node stops at padding in the middle; with it taken out, all that decodes is kept.
  return { bytes: Buffer.from(characters, "base64url"), broken: junk || characters.length % 4 === 1 };
}
