import type { AccountStatus, Again } from "../domain/account.ts";
import { gmailReadonlyScope } from "../domain/account.ts";
import { longDate } from "./dates.ts";
import type { Words } from "./words.ts";

/** A few words beside an account's state: why it is in it. Empty for an account that is well. */
export function causeWords(t: Words, status: AccountStatus): string {
  switch (status.state) {
    case "ACTIVE":
      return "";
    case "NEEDS_CONSENT":
      return t(`cause.consent.${status.cause}`);
    case "SUSPENDED":
      return t(`cause.suspend.${status.cause}`);
    case "DISCONNECTED":
      return t(`cause.disconnect.${status.cause}`);
    default:
      return status satisfies never;
  }
}

const scopeNames: Readonly<Record<string, "read" | "modify" | "full">> = {
  [gmailReadonlyScope]: "read",
  "https://www.googleapis.com/auth/gmail.modify": "modify",
  "https://mail.google.com/": "full",
};
const signInScopes = ["openid", "email", "profile"];

/** What an account has been permitted, without the sign-in scopes that every account has. */
export function permissionWords(t: Words, scopes: readonly string[]): string {
  const beyondSignIn = scopes.filter(
    (scope) => !signInScopes.includes(scope) && !/\/auth\/userinfo\.(email|profile)$/.test(scope),
  );
  const names = beyondSignIn.map((scope) => {
    const name = scopeNames[scope];
    return name ? t(`permission.${name}`) : scope;
  });
  return names.length === 0 ? t("permission.none") : names.join(", ");
}

/** When a withdrawn account may be connected again: for its owner, or for an admin. @param zone the reader's */
export function againWords(t: Words, audience: "withdrawn" | "admin", again: Again, zone: string): string {
  if (again.kind !== "from") return t(`${audience}.again.${again.kind}`);
  return t(`${audience}.again.from`, { date: longDate(t, again.at, zone) });
}
