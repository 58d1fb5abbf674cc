import "server-only";
import type { AccountStatus } from "../domain/account.ts";
import type { AccountId } from "../domain/mail.ts";
import { accountsPath, inboxPath } from "../domain/paths.ts";
import { consentPath } from "../session/consent-path.ts";
import type { GoogleIdentity } from "../use-cases/accounts/admission.ts";
import { connectAccount } from "../use-cases/accounts/connect-account.ts";
import { proveHolder } from "../use-cases/accounts/holder-proofs.ts";
import type { ExchangedTokens } from "../use-cases/accounts/keep-tokens.ts";
import type { SignInTrip } from "../use-cases/accounts/sign-in-flows.ts";
import { returnUnheldGrant } from "../use-cases/google/return-unheld-grant.ts";
import { holderCookieLine } from "./holder-cookie.ts";
import { problemPath } from "./problem-path.ts";

export interface Exchanged {
  readonly identity: GoogleIdentity;
  readonly tokens: ExchangedTokens;
  readonly trip: SignInTrip;
}

/** Whether the person comes in, and where they go now. */
export interface Finish {
  readonly admitted: boolean;
  /** A path on this server. */
  readonly location: string;
  /** Further `Set-Cookie` lines that go with it. */
  readonly setCookies?: readonly string[];
}

/** Connects what the exchange brought, and says where the browser goes: on, to the consent page, or to a refusal. */
export async function judgeExchange({ identity, tokens, trip }: Exchanged): Promise<Finish> {
  const { connectingUserId, reconnecting } = trip;
  const outcome = await connectAccount({
    identity,
    tokens,
    currentUserId: connectingUserId,
    reconnecting,
  }).catch(async (error: unknown) => {
    await returnUnheldGrant(identity, tokens);
    throw error;
  });
  if (outcome.connected && outcome.keyMissing) return { admitted: true, location: "/accounts" };
  if (outcome.connected)
    return { admitted: true, location: nextPage(outcome.accountId, outcome.status, trip) };
  await returnUnheldGrant(identity, tokens);
  if (outcome.refusal === "connected-elsewhere" && outcome.accountId) {
    const proof = await proveHolder(outcome.accountId, identity);
    return { admitted: false, location: "/connected-elsewhere", setCookies: [holderCookieLine(proof)] };
  }
  return { admitted: false, location: problemPath(outcome.refusal, trip) };
}

function nextPage(accountId: AccountId, status: AccountStatus, trip: SignInTrip): string {
  const goingTo = trip.callbackUrl === "/mail" ? inboxPath(accountId) : trip.callbackUrl;
  if (status.state === "SUSPENDED") return "/accounts";
  if (status.state === "NEEDS_CONSENT") return consentPath(accountId, status.cause, goingTo);
  return goingTo === "/accounts" && trip.purpose !== "sign-in" ? connectedPath(accountId, trip) : goingTo;
}

/** The accounts, with a word that it worked and for which of them. */
const connectedPath = (account: AccountId, { purpose }: SignInTrip): string =>
  accountsPath(purpose === "connect" ? "connected" : "reconnected", account);
