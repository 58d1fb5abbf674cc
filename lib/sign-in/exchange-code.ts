import "server-only";
import { endSession } from "../use-cases/accounts/sessions.ts";
import type { SignInFlow } from "../use-cases/accounts/sign-in-flows.ts";
import { type SentCall, sessionCookie } from "./auth-call.ts";
import { judgeExchange } from "./judge-exchange.ts";
import type { Landing } from "./landing.ts";
import { sessionLines } from "./nextauth-cookies.ts";
import { problemPath } from "./problem-path.ts";
import { runNextAuth } from "./run-nextauth.ts";
import { reportProblem } from "./sign-in-problem.ts";

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
