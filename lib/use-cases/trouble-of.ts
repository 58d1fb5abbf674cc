import "server-only";
import { database } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import type { Trouble } from "../domain/trouble.ts";
import { GmailError } from "../gmail/gmail-error.ts";
import { OAuthError } from "../oauth/oauth-error.ts";
import { log } from "../telemetry/log.ts";
import { changeAccountState } from "./change-account-state.ts";
import { AccountUnusableError } from "./usable-account.ts";

const notAnswering = { kind: "google-not-answering" } as const;

/**
 * What an error of reading mail means to the person who reads. What Gmail says about the grant is written down on
 * the way: a missing scope changes the account's state.
 * @throws the error itself, when it is none of Google's
 */
export async function troubleOf(error: unknown, accountId: AccountId): Promise<Trouble> {
  if (error instanceof AccountUnusableError) return accountTrouble(error);
  if (error instanceof OAuthError) return oauthTrouble(error);
  if (!(error instanceof GmailError)) throw error;
  log.info(
    { accountId, failure: error.code, status: error.status, reason: error.reason },
    "Gmail did not serve",
  );
  switch (error.code) {
    case "scope-missing":
      return scopeMissing(accountId);
    case "rate-limited":
      return { kind: "rate-limited", retryAfterMs: error.retryAfterMs };
    case "daily-limit":
      return { kind: "daily-limit" };
    case "api-disabled":
      return { kind: "operator", what: "api-disabled" };
    case "domain-policy":
      return { kind: "domain-policy" };
    case "bad-request":
      return { kind: "bad-query" };
    // A fresh token refused: the refresh has said that the grant is good, so this passes.
    case "unauthorized":
    case "unavailable":
    case "timeout":
    case "aborted":
      return notAnswering;
    // Whoever asks for one message or for history handles these; here they would be a mistake of ours.
    case "not-found":
    case "history-expired":
      throw error;
    default:
      return error.code satisfies never;
  }
}

function accountTrouble({ status }: AccountUnusableError): Trouble {
  return status.state === "ACTIVE" ? notAnswering : { kind: "account", status };
}

function oauthTrouble(error: OAuthError): Trouble {
  return error.code === "misconfigured" ? { kind: "operator", what: "client-refused" } : notAnswering;
}

async function scopeMissing(accountId: AccountId): Promise<Trouble> {
  const status = { state: "NEEDS_CONSENT", cause: "scope-missing" } as const;
  const event = { action: "account-needs-consent", actor: "system", accountId } as const;
  await database().$transaction((tx) => changeAccountState(tx, status, event));
  return { kind: "account", status };
}
