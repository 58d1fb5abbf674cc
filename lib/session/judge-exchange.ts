import "server-only";
import type { AccountStatus } from "../domain/account.ts";
import type { AccountId } from "../domain/mail.ts";
import type { GoogleIdentity } from "../use-cases/admission.ts";
import { connectAccount, type ExchangedTokens } from "../use-cases/connect-account.ts";
import { consentPath } from "./consent-path.ts";
import type { Flow } from "./flow.ts";

export interface Exchanged {
  readonly identity: GoogleIdentity;
  readonly tokens: ExchangedTokens;
  readonly flow: Flow;
  readonly callbackUrl: string;
}

/** Whether the person comes in, and where they go now. */
export interface Finish {
  readonly admitted: boolean;
  readonly location: string;
}

/** Connects what the exchange brought, and says where the browser goes: on, to the consent page, or to a refusal. */
export async function judgeExchange({ identity, tokens, flow, callbackUrl }: Exchanged): Promise<Finish> {
  const { connectingUserId, reconnecting } = flow;
  const outcome = await connectAccount({ identity, tokens, currentUserId: connectingUserId, reconnecting });
  if (!outcome.connected) {
    const asked = new URLSearchParams({
      reason: outcome.refusal,
      callbackUrl,
      ...(reconnecting ? { account: reconnecting } : {}),
    });
    return { admitted: false, location: `/sign-in-problem?${asked}` };
  }
  return { admitted: true, location: nextPage(outcome.accountId, outcome.status, callbackUrl) };
}

function nextPage(accountId: AccountId, status: AccountStatus, callbackUrl: string): string {
  const goingTo = callbackUrl === "/mail" ? `/mail/${accountId}/inbox` : callbackUrl;
  if (status.state === "SUSPENDED") return "/accounts";
  return status.state === "NEEDS_CONSENT" ? consentPath(accountId, status.cause, goingTo) : goingTo;
}
