import type { AccountStatus } from "./account.ts";

/** Why mail cannot be shown at this moment, in a form that a page can put into words. */
export type Trouble =
  /** The account's own state: a person has to act. */
  | { readonly kind: "account"; readonly status: Exclude<AccountStatus, { state: "ACTIVE" }> }
  /** 5xx, timeouts, broken answers: it passes by itself. */
  | { readonly kind: "google-not-answering" }
  /** Until then, in milliseconds since the epoch; null when Google does not say. It ends by itself. */
  | { readonly kind: "rate-limited"; readonly untilMs: number | null }
  | { readonly kind: "daily-limit" }
  /** Ours to mend: the Gmail API is off, Google refuses our project or client, or the account's key is of a client we had before. */
  | {
      readonly kind: "operator";
      readonly what: "api-disabled" | "client-refused" | "client-changed" | "project-refused";
    }
  /** This server was not given the key that the account's data key is wrapped with. */
  | { readonly kind: "key-missing"; readonly keyId: string }
  /** A Workspace admin forbids it. */
  | { readonly kind: "domain-policy" }
  /** Gmail does not understand the search. */
  | { readonly kind: "bad-query" }
  /** The list's label is gone at Gmail. */
  | { readonly kind: "unknown-label" }
  /** The Google account has no Gmail, or its organization has switched Gmail off. */
  | { readonly kind: "no-mailbox" }
  /** Gmail takes the account for somebody who asks for another's mailbox. */
  | { readonly kind: "delegation-denied" }
  /** The message takes too long, or too much memory, to be made readable. */
  | { readonly kind: "not-read" }
  /** Gmail refuses, in a word that is in the log. */
  | { readonly kind: "refused" };
