import "server-only";
import { database } from "../../db/client.ts";
import { isOfFormerClient } from "../../domain/client-refusal.ts";
import type { AccountId } from "../../domain/mail.ts";
import type { Trouble } from "../../domain/trouble.ts";
import { GmailError } from "../../gmail/gmail-error.ts";
import { NotReadError } from "../../message/worker/not-read-error.ts";
import { OAuthError } from "../../oauth/oauth-error.ts";
import { log } from "../../telemetry/log.ts";
import { lackingKey } from "../../vault/credential-store.ts";
import { changeAccountState } from "../accounts/change-account-state.ts";
import { AccountUnusableError } from "../accounts/usable-account.ts";
import { QuotaPause } from "./quota.ts";

const notAnswering = { kind: "google-not-answering" } as const;

/**
 * What an error of reading mail means to the person who reads. What Gmail says about the grant is written down on
 * the way: a missing scope changes the account's state.
 * @throws the error itself, when it is none of Google's
 */
export async function troubleOf(error: unknown, accountId: AccountId): Promise<Trouble> {
  if (error instanceof AccountUnusableError) return accountTrouble(error);
  if (error instanceof OAuthError) return oauthTrouble(error);
  const keyId = lackingKey(error);
  if (keyId !== null) return { kind: "key-missing", keyId };
  // A page waited for what a job had begun, and the job's share was used up.
  if (error instanceof QuotaPause) return pause(error.waitMs);
  if (error instanceof NotReadError) return { kind: "not-read" };
  // The visitor has left: nobody reads this.
  if (error instanceof Error && error.name === "AbortError") return notAnswering;
  if (!(error instanceof GmailError)) throw error;
  log.info(
    {
      event: "gmail.call.failed",
      accountId,
      failure: error.code,
      status: error.status,
      reason: error.reason,
    },
    "Gmail did not serve",
  );
  switch (error.code) {
    case "scope-missing":
      return scopeMissing(accountId);
    case "rate-limited":
      return pause(error.retryAfterMs);
    case "daily-limit":
      return { kind: "daily-limit" };
    case "api-disabled":
    case "project-refused":
      return { kind: "operator", what: error.code };
    case "domain-policy":
    case "delegation-denied":
    case "no-mailbox":
    case "bad-query":
    case "unknown-label":
      return { kind: error.code };
    case "bad-request":
    case "forbidden":
      return { kind: "refused" };
    // A fresh token refused: the refresh has said that the grant is good, so this passes.
    case "unauthorized":
    // Whoever asks for one message or for history handles these themselves; of a list they say nothing.
    case "not-found":
    case "history-expired":
    case "timeout":
    case "aborted":
      return notAnswering;
    case "unavailable":
      return error.retryAfterMs ? pause(error.retryAfterMs) : notAnswering;
    default:
      return error.code satisfies never;
  }
}

function accountTrouble({ status }: AccountUnusableError): Trouble {
  return status.state === "ACTIVE" ? notAnswering : { kind: "account", status };
}

const pause = (forMs: number | null): Trouble => ({
  kind: "rate-limited",
  untilMs: forMs === null ? null : Date.now() + forMs,
});

function oauthTrouble(error: OAuthError): Trouble {
  if (error.retryAfterMs) return pause(error.retryAfterMs);
  if (error.code !== "misconfigured") return notAnswering;
  return { kind: "operator", what: isOfFormerClient(error.error) ? "client-changed" : "client-refused" };
}

async function scopeMissing(accountId: AccountId): Promise<Trouble> {
  const status = { state: "NEEDS_CONSENT", cause: "scope-missing" } as const;
  const event = { action: "account-needs-consent", actor: "system", accountId } as const;
  await database().$transaction((tx) => changeAccountState(tx, status, event));
  return { kind: "account", status };
}
