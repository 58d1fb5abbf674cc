import "server-only";
import { env } from "../env.ts";
import { asAccountId } from "../use-cases/my-accounts.ts";
import type { SentCall } from "./auth-call.ts";
import { authResponse, problemPage } from "./auth-response.ts";
import { endOfFlow, flowSuffix } from "./flow-cookies.ts";
import { type Finish, judgeExchange } from "./judge-exchange.ts";
import { safeReturnPath } from "./return-path.ts";
import { type AuthAnswer, type AuthCall, runNextAuth } from "./run-nextauth.ts";
import { problemOfRedirect, reportProblem } from "./sign-in-problem.ts";
import { reconnectCookie } from "./start-sign-in.ts";

/** The browser comes back from Google: exchange the code, judge who it is, and lead on. */
export async function finishSignIn(sent: SentCall): Promise<Response> {
  const { state, error } = sent.query;
  const suffix = state ? flowSuffix(state) : null;
  const call = sent.inFlow(suffix);
  const setCookies = suffix ? endOfFlow(sent.cookieNames, suffix) : [];
  const callbackUrl = safeReturnPath(callbackUrlOf(call), "/mail", new URL(env().NEXTAUTH_URL).origin);
  if (error) return problemPage(problemOfRedirect(error), callbackUrl, setCookies);
  const reconnecting = asAccountId(call.cookies[reconnectCookie] ?? "");
  const finish: { reached: Finish | null } = { reached: null };
  const answer = await runNextAuth(call, async (identity, tokens) => {
    finish.reached = await judgeExchange({ identity, tokens, reconnecting, callbackUrl });
    return finish.reached.admitted ? true : finish.reached.location;
  });
  if (answer.errors.length > 0 || isErrorPage(answer)) {
    return problemPage(reportProblem(answer.errors), callbackUrl, setCookies);
  }
  // NextAuth leads back to the callback URL; where a consent is still missing, that page comes first.
  const location = finish.reached?.location ?? answer.location;
  return authResponse({ ...answer, location }, { suffix, setCookies });
}

const callbackUrlOf = ({ cookies }: AuthCall): string | undefined =>
  cookies["__Secure-next-auth.callback-url"] ?? cookies["next-auth.callback-url"];

const isErrorPage = ({ location }: AuthAnswer): boolean => /[?&]error=/.test(location ?? "");
