import "server-only";
import { env } from "../env.ts";
import { browserLine, knownBrowser, makeBrowser } from "../session/cookies.ts";
import { beginSignInFlow } from "../use-cases/accounts/sign-in-flows.ts";
import type { SentCall } from "./auth-call.ts";
import { problemPage, redirectTo } from "./auth-response.ts";
import { clearFormerCookies } from "./former-cookies.ts";
import { checksAmong } from "./nextauth-cookies.ts";
import { readTrip } from "./read-trip.ts";
import { runNextAuth } from "./run-nextauth.ts";
import { reportProblem } from "./sign-in-problem.ts";

const prompts = ["consent", "select_account"];

/** Sends the browser to Google. What for, for whom and where to afterwards is kept on the server. */
export async function startSignIn(sent: SentCall): Promise<Response> {
  const asked = await readTrip(sent);
  if (!asked.begins) return asked.answer;
  const { trip, loginHint } = asked;
  const setCookies = clearFormerCookies(sent.cookies.keys());
  const query = { ...promptOf(sent), ...(loginHint ? { login_hint: loginHint } : {}) };
  const answer = await runNextAuth({ ...sent.withCookies({}), query });
  const state = answer.location && new URL(answer.location, env().NEXTAUTH_URL).searchParams.get("state");
  if (!answer.location || !state) return problemPage(reportProblem(answer.errors), trip, setCookies);
  const browser = knownBrowser(sent.cookies) ?? makeBrowser();
  await beginSignInFlow({
    state,
    browser,
    trip,
    sessionToken: trip.purpose === "sign-in" ? undefined : sent.sessionToken,
    checks: checksAmong(answer.setCookies),
  });
  return redirectTo(answer.location, [...setCookies, browserLine(browser)]);
}

function promptOf({ query, form }: SentCall): Record<string, string> {
  const prompt = prompts.find((known) => known === (query.prompt ?? form.prompt));
  return prompt ? { prompt } : {};
}
