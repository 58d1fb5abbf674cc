import "server-only";
import type { Language } from "../domain/language.ts";
import { languageLine } from "../session/cookies.ts";
import { ownerWith, visitorWith } from "../session/current-user.ts";
import { endSession } from "../use-cases/accounts/sessions.ts";
import {
  claimSignInFlow,
  findSignInFlow,
  finishSignInFlow,
  type SignInFlow,
} from "../use-cases/accounts/sign-in-flows.ts";
import { type SentCall, sessionCookie } from "./auth-call.ts";
import { redirectTo } from "./auth-response.ts";
import { knownBrowser } from "./browser-cookie.ts";
import { clearFormerCookies } from "./former-cookies.ts";
import { judgeExchange } from "./judge-exchange.ts";
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
export async function exchangeCode(sent: SentCall, flow: SignInFlow): Promise<Landing> {
  // A sign-in makes a session of its own: NextAuth would add the account to whoever is signed in by now.
  const session = flow.purpose === "sign-in" ? {} : sessionCookie(sent);
  const { judged, errors, setCookies } = await runNextAuth(
    sent.withCookies({ ...flow.checks, ...session }),
    (identity, tokens) => judgeExchange({ identity, tokens, trip: flow }),
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
