import "server-only";
import type { AccountId } from "../domain/mail.ts";
import { env } from "../env.ts";
import { asAccountId, loginHintFor } from "../use-cases/my-accounts.ts";
import type { SentCall } from "./auth-call.ts";
import { authResponse, problemPage } from "./auth-response.ts";
import { currentUser } from "./current-user.ts";
import { clearGivenUpFlows, flowSuffix } from "./flow-cookies.ts";
import { safeReturnPath } from "./return-path.ts";
import { runNextAuth } from "./run-nextauth.ts";
import { reportProblem } from "./sign-in-problem.ts";

/** What a sign-in form may ask of Google for one request; everything else is decided here. */
const passedOn = ["prompt", "login_hint"] as const;

export const reconnectCookie = "latchkey.reconnect";

/** Sends the browser to Google, with cookies of this flow's own. */
export async function startSignIn(sent: SentCall): Promise<Response> {
  const reconnecting = asAccountId(sent.form.reconnect ?? "");
  const callbackUrl = safeReturnPath(sent.form.callbackUrl);
  const call = sent.inFlow(null);
  const query = await authorizationQuery(sent, reconnecting);
  const answer = await runNextAuth({ ...call, query, form: { ...call.form, callbackUrl } }, async () => "/");
  const state = answer.location && new URL(answer.location, env().NEXTAUTH_URL).searchParams.get("state");
  if (!state) return problemPage(reportProblem(answer.errors), callbackUrl);
  const suffix = flowSuffix(state);
  const setCookies = clearGivenUpFlows(sent.cookieNames);
  if (reconnecting) setCookies.push(reconnectCookieLine(suffix, reconnecting));
  return authResponse(answer, { suffix, setCookies });
}

async function authorizationQuery(
  sent: SentCall,
  reconnecting: AccountId | null,
): Promise<Record<string, string>> {
  const asked = passedOn.flatMap((name) => {
    const value = sent.query[name] ?? sent.form[name];
    return value ? [[name, value]] : [];
  });
  const user = reconnecting && (await currentUser());
  const hint = user && reconnecting ? await loginHintFor(user, reconnecting) : null;
  return { ...(hint ? { login_hint: hint } : {}), ...Object.fromEntries(asked) };
}

function reconnectCookieLine(suffix: string, accountId: AccountId): string {
  const secure = env().NEXTAUTH_URL.startsWith("https:") ? "; Secure" : "";
  return `${reconnectCookie}${suffix}=${accountId}; Path=/; HttpOnly; SameSite=Lax; Max-Age=900${secure}`;
}
