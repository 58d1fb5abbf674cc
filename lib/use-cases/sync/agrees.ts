/**
 * Whether a list that Gmail has given may be all there is, by what Gmail itself has counted. Counts and lists are made at
 * different moments, and of large mailboxes not exactly: a twentieth may be missing, in a short list nothing.
 */
export const agrees = (listed: number, counted: number): boolean =>
  counted - listed <= Math.floor(counted / 20);
