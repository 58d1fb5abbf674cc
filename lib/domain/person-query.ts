/**
 * Searches for somebody's mail, in Gmail's search language. The address stands in a mail: whatever is in it, it stays the value
 * of one operator.
 * @see https://support.google.com/mail/answer/7190
 */

/** What somebody sent. */
export const mailFromQuery = (address: string): string => `from:${term(address)}`;

/** What somebody was sent. */
export const mailToQuery = (address: string): string => `to:${term(address)}`;

/** Bare where nothing in it means anything to a search. Gmail knows no way to write a quote within quotes. */
function term(address: string): string {
  if (/^\w[\w.+-]*@\w[\w.-]*$/u.test(address)) return address;
  return `"${address.replace(/["\\\p{C}\s]+/gu, " ").trim()}"`;
}
