import "server-only";
import type { Language } from "../domain/language.ts";
import { languageLine } from "../session/cookies.ts";
import { ownerWith, visitorWith } from "../session/current-user.ts";
import {
  claimSignInFlow,
  findSignInFlow,
  finishSignInFlow,
  type SignInFlow,
} from "../use-cases/accounts/sign-in-flows.ts";
import type { SentCall } from "./auth-call.ts";
import { redirectTo } from "./auth-response.ts";
import { knownBrowser } from "./browser-cookie.ts";
import { exchangeCode } from "./exchange-code.ts";
import { clearFormerCookies } from "./former-cookies.ts";
import type { Landing } from "./landing.ts";
import { leadOn } from "./lead-on.ts";
import { sessionTokenAmong } from "./nextauth-cookies.ts";
import { problemPath, unknownTrip } from "./problem-path.ts";
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
