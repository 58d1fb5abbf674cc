/**
 * Google refuses this server's OAuth client: whoever runs it has to mend that. Never a word about the grant.
 * "unauthorized_client" is what a refresh token gets that another client was given.
 * @see docs/google.md §1a
 */
export const clientRefusals = [
  "invalid_client",
  "unauthorized_client",
  "deleted_client",
  "disabled_client",
] as const;
export type ClientRefusalWord = (typeof clientRefusals)[number];

export interface ClientRefusal {
  readonly since: Date;
  /** Google's own word for it. */
  readonly word: ClientRefusalWord;
}

export const asClientRefusalWord = (word: string | null | undefined): ClientRefusalWord | null =>
  clientRefusals.find((known) => known === word) ?? null;

/**
 * Whether a refusal says that the account's key belongs to the client that was here before: the present client is good,
 * so consenting anew helps.
 */
export const isOfFormerClient = (word: string | null | undefined): boolean => word === "unauthorized_client";
