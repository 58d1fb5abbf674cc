/** A connected account's state, in the words that every layer shares. */

/** Why Google has to be asked for consent again. */
export const consentCauses = [
  "no-refresh-token",
  "scope-missing",
  "revoked-by-user",
  "expired",
  "policy",
  "unknown",
] as const;
export type ConsentCause = (typeof consentCauses)[number];

/** Who made an account unusable on purpose. */
export type SuspendCause = "admin" | "security-event";

/** Who ended the connection. */
export type DisconnectCause = "user" | "admin";

export type AccountStatus =
  | { readonly state: "ACTIVE" }
  | { readonly state: "NEEDS_CONSENT"; readonly cause: ConsentCause }
  | { readonly state: "SUSPENDED"; readonly cause: SuspendCause }
  | { readonly state: "DISCONNECTED"; readonly cause: DisconnectCause };

/** Google's sign-in scopes, and the one permission that Latchkey asks for. */
export const gmailReadonlyScope = "https://www.googleapis.com/auth/gmail.readonly";
export const requestedScopes = [
  "openid",
  "https://www.googleapis.com/auth/userinfo.email",
  "https://www.googleapis.com/auth/userinfo.profile",
  gmailReadonlyScope,
] as const;

/** A wider scope also permits reading; it may have been granted to this client earlier. */
const readingScopes: readonly string[] = [
  gmailReadonlyScope,
  "https://www.googleapis.com/auth/gmail.modify",
  "https://mail.google.com/",
];

export const mayReadMail = (scopes: readonly string[]): boolean =>
  scopes.some((scope) => readingScopes.includes(scope));
