import type { AccountStatus } from "./account.ts";

/** Why mail cannot be shown at this moment, in a form that a page can put into words. */
export type Trouble =
  /** The account's own state: a person has to act. */
  | { readonly kind: "account"; readonly status: Exclude<AccountStatus, { state: "ACTIVE" }> }
  /** 5xx, timeouts, broken answers: it passes by itself. */
  | { readonly kind: "google-not-answering" }
  | { readonly kind: "rate-limited"; readonly retryAfterMs: number | null }
  | { readonly kind: "daily-limit" }
  /** Ours to mend: the Gmail API is off, or the client's credentials are wrong. */
  | { readonly kind: "operator"; readonly what: "api-disabled" | "client-refused" }
  /** A Workspace admin forbids it. */
  | { readonly kind: "domain-policy" }
  /** Gmail does not understand the search. */
  | { readonly kind: "bad-query" };
