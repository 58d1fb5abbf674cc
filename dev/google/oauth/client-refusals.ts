/** What the token endpoint says of a client that is not right (docs/google.md §1a). */
export const clientRefusals = [
  "invalid_client",
  "unauthorized_client",
  "deleted_client",
  "disabled_client",
] as const;
export type ClientRefusalWord = (typeof clientRefusals)[number];
