import type { AccountStatus, ConsentCause, DisconnectCause, SuspendCause } from "../domain/account.ts";
import { gmailReadonlyScope } from "../domain/account.ts";

/** An account's state and its cause in plain words. */
export const stateWords: Readonly<Record<AccountStatus["state"], string>> = {
  ACTIVE: "Active",
  NEEDS_CONSENT: "Needs consent",
  SUSPENDED: "Suspended",
  DISCONNECTED: "Disconnecting",
};

const consentWords: Readonly<Record<ConsentCause, string>> = {
  "no-refresh-token": "Google gave no lasting key",
  "scope-missing": "Mail permission not granted",
  "revoked-by-user": "Revoked at Google",
  expired: "Consent has expired",
  policy: "Workspace policy asks again",
  unknown: "Google no longer accepts the key",
};

const suspendWords: Readonly<Record<SuspendCause, string>> = {
  admin: "By an admin",
  "security-event": "Security event",
  "not-admitted": "No longer admitted here",
};

const disconnectWords: Readonly<Record<DisconnectCause, string>> = {
  user: "Asked for by the owner",
  admin: "Withdrawn by an admin",
  holder: "Asked for by whoever holds the Google account",
  "not-admitted": "No longer admitted here",
};

/** A few words beside the state; empty for an account that is well. */
export function causeWords(status: AccountStatus): string {
  switch (status.state) {
    case "ACTIVE":
      return "";
    case "NEEDS_CONSENT":
      return consentWords[status.cause];
    case "SUSPENDED":
      return suspendWords[status.cause];
    case "DISCONNECTED":
      return disconnectWords[status.cause];
    default:
      return status satisfies never;
  }
}

const scopeWords: Readonly<Record<string, string>> = {
  [gmailReadonlyScope]: "Read mail",
  "https://www.googleapis.com/auth/gmail.modify": "Read and change mail",
  "https://mail.google.com/": "Full access to mail",
};
const signInScopes = ["openid", "email", "profile"];

/** What an account has been permitted, without the sign-in scopes that every account has. */
export function permissionWords(scopes: readonly string[]): string {
  const beyondSignIn = scopes.filter(
    (scope) => !signInScopes.includes(scope) && !/\/auth\/userinfo\.(email|profile)$/.test(scope),
  );
  const words = beyondSignIn.map((scope) => scopeWords[scope] ?? scope);
  return words.length === 0 ? "Sign-in only" : words.join(", ");
}
