import "server-only";
import { endSession } from "../use-cases/accounts/sessions.ts";
import type { SignInFlow } from "../use-cases/accounts/sign-in-flows.ts";
import { type SentCall, sessionCookie } from "./auth-call.ts";
import { type Finish, judgeExchange } from "./judge-exchange.ts";
import type { Landing } from "./landing.ts";
import { sessionLines } from "./nextauth-cookies.ts";
import { problemPath } from "./problem-path.ts";
import { runNextAuth } from "./run-nextauth.ts";
import { reportProblem } from "./sign-in-problem.ts";

/** Exchanges the code at Google, once, and says where the browser goes from there. */
export async function exchangeCode(sent: SentCall, flow: SignInFlow): Promise<Landing> {
  const reached: { finish: Finish | null; error: unknown } = { finish: null, error: null };
  // A sign-in makes a session of its own: NextAuth would add the account to whoever is signed in by now.
  const session = flow.purpose === "sign-in" ? {} : sessionCookie(sent);
  const answer = await runNextAuth(
    sent.withCookies({ ...flow.checks, ...session }),
    async (identity, tokens) => {
      try {
        reached.finish = await judgeExchange({ identity, tokens, trip: flow });
        return reached.finish.admitted ? true : reached.finish.location;
      } catch (error) {
        reached.error = error; // NextAuth would put its words into an address, and nothing into the log.
        return false;
      }
    },
  );
  const { finish } = reached;
  if (finish && !finish.admitted) return { location: finish.location, setCookies: finish.setCookies ?? [] };
  if (!finish || answer.errors.length > 0) {
    const problem = reportProblem(reached.error ? [reached.error] : answer.errors);
    return { location: problemPath(problem, flow), setCookies: [] };
  }
  // One browser, one session: the one it came with is replaced.
  if (flow.purpose === "sign-in" && sent.sessionToken) await endSession(sent.sessionToken);
  return {
    location: finish.location,
    setCookies: [...sessionLines(answer.setCookies), ...(finish.setCookies ?? [])],
  };
}
