import type { ReadableMessage } from "../domain/readable-message.ts";

/**
 * The one sender of a message, if their domain stands behind it: whoever writes another's address into From gets nothing that a reader
 * has allowed that other. Null otherwise.
 */
export function vouchedSender({ from, authors, authentication }: ReadableMessage): string | null {
  const address = from?.address ?? "";
  const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
  const signer = authentication.signedBy?.toLowerCase() ?? "";
  if (authors !== undefined || domain === "" || signer === "") return null;
  return domain === signer || domain.endsWith(`.${signer}`) ? address : null;
}
