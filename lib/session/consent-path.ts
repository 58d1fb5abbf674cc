import type { ConsentCause } from "../domain/account.ts";
import type { AccountId } from "../domain/mail.ts";

/** The page that says why Google has to ask again. */
export const consentPath = (account: AccountId, reason: ConsentCause, callbackUrl: string): string =>
  `/consent?${new URLSearchParams({ reason, account, callbackUrl })}`;
