import "server-only";
import { env } from "../env.ts";
import { asAccountId, loginHintFor } from "../use-cases/my-accounts.ts";
import type { SentCall } from "./auth-call.ts";
import { authResponse, problemPage } from "./auth-response.ts";
import { currentUser } from "./current-user.ts";
import { flowCookieLine } from "./flow.ts";
import { clearGivenUpFlows, flowSuffix } from "./flow-cookies.ts";
import { safeReturnPath } from "./return-path.ts";
import { runNextAuth } from "./run-nextauth.ts";
import { reportProblem } from "./sign-in-problem.ts";

/** What a sign-in form may ask of Google for one request; everything else is decided here. */
const passedOn = ["prompt", "login_hint"] as const;

/** Sends the browser to Google, with cookies of this flow's own. */
export async function startSignIn(sent: SentCall): Promise<Response> {
  const user = await currentUser();
  const reconnecting = user && asAccountId(sent.form.reconnect ?? "");
  const hint = user && reconnecting ? await loginHintFor(user, reconnecting) : null;
  const callbackUrl = safeReturnPath(sent.form.callbackUrl);
  const call = sent.inFlow(null);
  const query = { ...(hint ? { login_hint: hint } : {}), ...askedOfGoogle(sent) };
  const answer = await runNextAuth({ ...call, query, form: { ...call.form, callbackUrl } }, async () => "/");
  const state = answer.location && new URL(answer.location, env().NEXTAUTH_URL).searchParams.get("state");
  if (!state) return problemPage(reportProblem(answer.errors), callbackUrl);
  const suffix = flowSuffix(state);
  const flow = { connectingUserId: user?.id ?? null, reconnecting };
  const setCookies = [...clearGivenUpFlows(sent.cookieNames), flowCookieLine(suffix, flow)];
  return authResponse(answer, { suffix, setCookies });
}

function askedOfGoogle({ query, form }: SentCall): Record<string, string> {
  const asked = passedOn.flatMap((name) => {
    const value = query[name] ?? form[name];
    return value ? [[name, value]] : [];
  });
  return Object.fromEntries(asked);
}
