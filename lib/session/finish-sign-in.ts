import "server-only";
import type { SignInProblem } from "../domain/sign-in-problem.ts";
import { env } from "../env.ts";
import { endSession } from "../use-cases/sessions.ts";
import type { SentCall } from "./auth-call.ts";
import { authResponse, problemPage } from "./auth-response.ts";
import { sessionCookieName } from "./cookies.ts";
import { currentUser } from "./current-user.ts";
import { type Flow, flowCookie, readFlow } from "./flow.ts";
import { endOfFlow, flowSuffix } from "./flow-cookies.ts";
import { type Finish, judgeExchange } from "./judge-exchange.ts";
import { safeReturnPath } from "./return-path.ts";
import { type AuthCall, runNextAuth } from "./run-nextauth.ts";
import { reportProblem, reportRedirect } from "./sign-in-problem.ts";

/** The browser comes back from Google: exchange the code, judge who it is, and lead on. */
export async function finishSignIn(sent: SentCall): Promise<Response> {
  const { state, error } = sent.query;
  const suffix = state ? flowSuffix(state) : null;
  const setCookies = suffix ? endOfFlow(sent.cookieNames, suffix) : [];
  const call = sent.inFlow(suffix);
  const callbackUrl = safeReturnPath(callbackUrlOf(call), "/mail", new URL(env().NEXTAUTH_URL).origin);
  const flow = readFlow(call.cookies[flowCookie]);
  const problem = error ? reportRedirect(error) : await refuseFlow(flow);
  if (problem) return problemPage(problem, callbackUrl, setCookies);
  return exchange({
    call: forFlow(call, flow),
    flow,
    callbackUrl,
    suffix,
    setCookies,
    earlier: sessionOf(call),
  });
}

/** A flow that connects belongs to the user who began it, and to nobody who has signed in since. */
async function refuseFlow({ connectingUserId }: Flow): Promise<SignInProblem | null> {
  if (connectingUserId === null) return null;
  return (await currentUser())?.id === connectingUserId ? null : "state-missing";
}

/** A sign-in makes a session of its own: NextAuth would add the account to whoever is signed in by now. */
function forFlow(call: AuthCall, { connectingUserId }: Flow): AuthCall {
  if (connectingUserId !== null) return call;
  const { [sessionCookieName()]: _earlier, ...cookies } = call.cookies;
  return { ...call, cookies };
}

interface Exchange {
  readonly call: AuthCall;
  readonly flow: Flow;
  readonly callbackUrl: string;
  readonly suffix: string | null;
  readonly setCookies: readonly string[];
  /** The session that the browser came with. */
  readonly earlier: string | undefined;
}

async function exchange({
  call,
  flow,
  callbackUrl,
  suffix,
  setCookies,
  earlier,
}: Exchange): Promise<Response> {
  const reached: { finish: Finish | null; error: unknown } = { finish: null, error: null };
  const answer = await runNextAuth(call, async (identity, tokens) => {
    try {
      reached.finish = await judgeExchange({ identity, tokens, flow, callbackUrl });
      return reached.finish.admitted ? true : reached.finish.location;
    } catch (error) {
      reached.error = error; // NextAuth would put its words into an address, and nothing into the log.
      return false;
    }
  });
  const { finish } = reached;
  if (finish && !finish.admitted)
    return authResponse({ ...answer, location: finish.location }, { suffix, setCookies });
  if (!finish || answer.errors.length > 0) {
    const errors = reached.error ? [reached.error] : answer.errors;
    return problemPage(reportProblem(errors), callbackUrl, setCookies);
  }
  // One browser, one session: the one it came with is replaced.
  if (flow.connectingUserId === null && earlier) await endSession(earlier);
  return authResponse({ ...answer, location: finish.location }, { suffix, setCookies });
}

const sessionOf = ({ cookies }: AuthCall): string | undefined => cookies[sessionCookieName()];

const callbackUrlOf = ({ cookies }: AuthCall): string | undefined =>
  cookies["__Secure-next-auth.callback-url"] ?? cookies["next-auth.callback-url"];
