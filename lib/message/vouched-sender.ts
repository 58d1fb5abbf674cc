import type { ReadableMessage } from "../domain/readable-message.ts";

/**
 * The one sender of a message, if their domain stands behind it: whoever writes another's address into From gets nothing that a reader
 * has allowed that other. Null otherwise.
 */
export function vouchedSender({ from, authors, authentication }: ReadableMessage): string | null {
  const { dmarc, signatures } = authentication;
  const isVouched = dmarc === "pass" || (dmarc === null && signatures.some(({ isSenders }) => isSenders));
  return isVouched && authors === undefined ? from?.address || null : null;
}
