/**
 * What each call costs a user, in Gmail quota units, for projects created since 1 May 2026
 * (6,000 units a minute per user). A batch costs the sum of its calls.
 * @see https://developers.google.com/workspace/gmail/api/reference/quota
 */
export const quotaUnits = {
  "messages.list": 5,
  "messages.get": 20,
  "messages.attachments.get": 20,
  "history.list": 2,
  "labels.list": 1,
  "labels.get": 1,
  getProfile: 1,
  watch: 100,
} as const;

export type GmailMethod = keyof typeof quotaUnits;

/** Told before each request to Gmail, repeats included. `units` is the whole request: n × 20 for a batch of n messages. */
export interface GmailCall {
  readonly method: GmailMethod;
  readonly units: number;
}
