import "server-only";
import type { AccountStatus } from "../domain/account.ts";
import type { Language } from "../domain/language.ts";
import type { AccountId } from "../domain/mail.ts";
import { accountsPath, inboxPath } from "../domain/paths.ts";
import { consentPath } from "../session/consent-path.ts";
import { knownBrowser, languageLine } from "../session/cookies.ts";
import { ownerWith, visitorWith } from "../session/current-user.ts";
import type { GoogleIdentity } from "../use-cases/accounts/admission.ts";
import { connectAccount } from "../use-cases/accounts/connect-account.ts";
import { proveHolder } from "../use-cases/accounts/holder-proofs.ts";
import type { ExchangedTokens } from "../use-cases/accounts/keep-tokens.ts";
import { endSession } from "../use-cases/accounts/sessions.ts";
import {
  claimSignInFlow,
  findSignInFlow,
  finishSignInFlow,
  type SignInFlow,
  type SignInTrip,
} from "../use-cases/accounts/sign-in-flows.ts";
import { returnUnheldGrant } from "../use-cases/google/return-unheld-grant.ts";
import { type SentCall, sessionCookie } from "./auth-call.ts";
import { redirectTo } from "./auth-response.ts";
import { clearFormerCookies } from "./former-cookies.ts";
import { holderCookieLine } from "./holder-cookie.ts";
import type { Landing } from "./landing.ts";
import { leadOn } from "./lead-on.ts";
import { sessionLines, sessionTokenAmong } from "./nextauth-cookies.ts";
import { problemPath, unknownTrip } from "./problem-path.ts";
import { runNextAuth } from "./run-nextauth.ts";
import { sealAnswer } from "./sealed-answer.ts";
import { reportProblem, reportRedirect } from "./sign-in-problem.ts";

/**
 * The browser comes back from Google. Its flow is claimed, once in all processes: whoever claims it exchanges the code,
 * judges who it is, and leads on; whoever comes after that is led to the same place.
 */
export async function finishSignIn(sent: SentCall): Promise<Response> {
  const { state, error } = sent.query;
  const browser = knownBrowser(sent.cookies);
  const flow = state && browser ? await findSignInFlow(state, browser) : null;
  const claimed = flow !== null && (await claimSignInFlow(flow));
  const { location, setCookies } = claimed
    ? await finishClaimed(sent, flow)
    : error
      ? { location: problemPath(reportRedirect(error), flow ?? unknownTrip), setCookies: [] }
      : await leadOn(sent, flow);
  return redirectTo(location, [...clearFormerCookies(sent.cookies.keys()), ...setCookies]);
}

async function finishClaimed(sent: SentCall, flow: SignInFlow): Promise<Landing> {
  const landed = await landingOf(sent, flow);
  const token = sessionTokenAmong(landed.setCookies);
  const owner = token ? await ownerWith(token) : null;
  const userId = owner?.isAdmitted ? owner.user.id : null;
  const language = owner?.user.language;
  const landing = language ? inLanguage(landed, language) : landed;
  const answerSealed = await sealAnswer(landing);
  await finishSignInFlow(flow, { landing: landing.location, userId, answerSealed });
  return landing;
}

/** Whoever signs in is spoken to in the language that they once chose, in this browser too. */
const inLanguage = (landing: Landing, language: Language): Landing => ({
  ...landing,
  setCookies: [...landing.setCookies, languageLine(language)],
});

async function landingOf(sent: SentCall, flow: SignInFlow): Promise<Landing> {
  const { error } = sent.query;
  if (error) return { location: problemPath(reportRedirect(error), flow), setCookies: [] };
  try {
    if (!(await mayFinish(sent, flow)))
      return { location: problemPath("sign-in-first", flow), setCookies: [] };
    return await exchangeCode(sent, flow);
  } catch (error) {
    // Whoever waits for this answer is told too.
    return { location: problemPath(reportProblem([error]), flow), setCookies: [] };
  }
}

/** A flow that connects belongs to the session that began it, and to nobody who has signed in since. */
async function mayFinish({ sessionToken }: SentCall, flow: SignInFlow): Promise<boolean> {
  if (flow.purpose === "sign-in") return true;
  if (!sessionToken || !flow.mayBeFinishedBy(sessionToken)) return false;
  return (await visitorWith(sessionToken))?.user.id === flow.connectingUserId;
}

/** Exchanges the code at Google, once, and says where the browser goes from there. */
async function exchangeCode(sent: SentCall, flow: SignInFlow): Promise<Landing> {
  // A sign-in makes a session of its own: NextAuth would add the account to whoever is signed in by now.
  const session = flow.purpose === "sign-in" ? {} : sessionCookie(sent);
  const { judged, errors, setCookies } = await runNextAuth(
    sent.withCookies({ ...flow.checks, ...session }),
    (identity, tokens) => judgeExchange(identity, tokens, flow),
  );
  if (judged && !judged.admitted) return { location: judged.location, setCookies: judged.setCookies ?? [] };
  if (!judged || errors.length > 0)
    return { location: problemPath(reportProblem(errors), flow), setCookies: [] };
  // One browser, one session: the one it came with is replaced.
  if (flow.purpose === "sign-in" && sent.sessionToken) await endSession(sent.sessionToken);
  return {
    location: judged.location,
    setCookies: [...sessionLines(setCookies), ...(judged.setCookies ?? [])],
  };
}

/** Whether the person comes in, and where they go now. */
interface Finish {
  readonly admitted: boolean;
  /** A path on this server. */
  readonly location: string;
  /** Further `Set-Cookie` lines that go with it. */
  readonly setCookies?: readonly string[];
}

/** Connects what the exchange brought, and says where the browser goes: on, to the consent page, or to a refusal. */
async function judgeExchange(
  identity: GoogleIdentity,
  tokens: ExchangedTokens,
  trip: SignInTrip,
): Promise<Finish> {
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
