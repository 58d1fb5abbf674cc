import "server-only";
import type { AccountId } from "../domain/mail.ts";
import type { SignInProblem } from "../domain/sign-in-problem.ts";
import { env } from "../env.ts";
import { log } from "../telemetry/log.ts";
import { asAccountId, loginHintFor } from "../use-cases/my-accounts.ts";
import { currentUser } from "./current-user.ts";
import { cookieForFlow, cookiesOfFlow, flowSuffix } from "./flow-cookies.ts";
import { type Finish, judgeExchange } from "./judge-exchange.ts";
import { safeReturnPath } from "./return-path.ts";
import { type AuthAnswer, type AuthCall, csrfPair, runNextAuth } from "./run-nextauth.ts";
import { problemOfExchange, problemOfRedirect } from "./sign-in-problem.ts";

/** What a sign-in form may ask of Google for one request; everything else is decided here. */
const passedOn = ["prompt", "login_hint"] as const;
const reconnectCookie = "latchkey.reconnect";

/**
 * Everything below /api/auth. NextAuth does the exchange; around it stand DESIGN §3's rules: forms from this origin
 * only, cookies per flow, and every failure on a page that says what happened.
 */
export async function handleAuth(request: Request, segments: readonly string[]): Promise<Response> {
  const [action] = segments;
  if (request.method === "POST") return handlePost(request, segments);
  if (action === "callback") return handleCallback(request, segments);
  // NextAuth's own pages are not used: they would ask for a second click.
  if (action === "signin" || action === "error") return redirectTo("/");
  return plain(await runNextAuth(await callOf(request, segments, null), async () => "/"));
}

async function handlePost(request: Request, segments: readonly string[]): Promise<Response> {
  if (!isFromThisOrigin(request))
    return new Response("This form was not sent from Latchkey.", { status: 403 });
  const call = withCsrf(await callOf(request, segments, null));
  if (segments[0] !== "signin") return plain(await runNextAuth(call, async () => "/"));
  const reconnecting = asAccountId(call.form.reconnect ?? "");
  const query = await authorizationQuery(call, reconnecting);
  const callbackUrl = safeReturnPath(call.form.callbackUrl);
  const answer = await runNextAuth({ ...call, query, form: { ...call.form, callbackUrl } }, async () => "/");
  const state = answer.location && new URL(answer.location, env().NEXTAUTH_URL).searchParams.get("state");
  if (!state) return problemPage(problemOfErrors(answer.errors), callbackUrl);
  const response = plain(answer, flowSuffix(state));
  if (reconnecting) response.headers.append("set-cookie", reconnectCookieLine(state, reconnecting));
  return response;
}

async function authorizationQuery(call: AuthCall, reconnecting: AccountId | null) {
  const asked = passedOn.flatMap((name) => {
    const value = call.query[name] ?? call.form[name];
    return value ? [[name, value]] : [];
  });
  const user = reconnecting && (await currentUser());
  const hint = user && reconnecting ? await loginHintFor(user, reconnecting) : null;
  return { ...(hint ? { login_hint: hint } : {}), ...Object.fromEntries(asked) } as Record<string, string>;
}

async function handleCallback(request: Request, segments: readonly string[]): Promise<Response> {
  const parameters = new URL(request.url).searchParams;
  const state = parameters.get("state");
  const suffix = state ? flowSuffix(state) : null;
  const call = await callOf(request, segments, suffix);
  const callbackUrl = safeReturnPath(callbackUrlOf(call), "/mail", new URL(env().NEXTAUTH_URL).origin);
  const error = parameters.get("error");
  if (error) return problemPage(problemOfRedirect(error), callbackUrl);
  const reconnecting = asAccountId(call.cookies[reconnectCookie] ?? "");
  const finish: { reached: Finish | null } = { reached: null };
  const answer = await runNextAuth(call, async (identity, tokens) => {
    finish.reached = await judgeExchange({ identity, tokens, reconnecting, callbackUrl });
    return finish.reached.admitted ? true : finish.reached.location;
  });
  const problem = answer.errors.length > 0 || isErrorPage(answer) ? problemOfErrors(answer.errors) : null;
  if (problem) return problemPage(problem, callbackUrl);
  // NextAuth leads back to the callback URL; where a consent is still missing, that page comes first.
  return plain(finish.reached ? { ...answer, location: finish.reached.location } : answer, suffix);
}

const callbackUrlOf = ({ cookies }: AuthCall): string | undefined =>
  cookies["__Secure-next-auth.callback-url"] ?? cookies["next-auth.callback-url"];

const isErrorPage = ({ location }: AuthAnswer): boolean => /[?&]error=/.test(location ?? "");

function problemOfErrors(errors: readonly unknown[]): SignInProblem {
  const problem = problemOfExchange(errors[0]);
  log.warn({ problem, error: nameOf(errors[0]) }, "a sign-in did not come through");
  return problem;
}

/** The error's words alone: what stands beside them may hold a code or a token. */
function nameOf(error: unknown): string {
  const inner = typeof error === "object" && error !== null && "error" in error ? error.error : error;
  return inner instanceof Error ? `${inner.name}: ${inner.message}` : typeof inner;
}

async function callOf(
  request: Request,
  segments: readonly string[],
  suffix: string | null,
): Promise<AuthCall> {
  const url = new URL(request.url);
  const isForm = request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded");
  const form = isForm ? Object.fromEntries(new URLSearchParams(await request.text())) : {};
  return {
    method: request.method,
    segments,
    query: Object.fromEntries(url.searchParams),
    cookies: cookiesOfFlow(parseCookies(request.headers.get("cookie")), suffix),
    form,
    headers: Object.fromEntries(request.headers),
  };
}

function parseCookies(header: string | null): Map<string, string> {
  const pairs = (header ?? "").split(/;\s*/).map((pair) => {
    const end = pair.indexOf("=");
    return [pair.slice(0, end), decode(pair.slice(end + 1))] as const;
  });
  return new Map(pairs.filter(([name]) => name));
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value; // Not ours: somebody else's cookie may hold anything.
  }
}

function withCsrf(call: AuthCall): AuthCall {
  const { csrfToken, cookieName, cookieValue } = csrfPair();
  return {
    ...call,
    form: { ...call.form, csrfToken },
    cookies: { ...call.cookies, [cookieName]: cookieValue },
  };
}

/** @see https://owasp.org/www-community/SameSite and the Fetch Metadata specification */
function isFromThisOrigin(request: Request): boolean {
  const origin = request.headers.get("origin");
  if (origin) return origin === new URL(env().NEXTAUTH_URL).origin;
  return request.headers.get("sec-fetch-site") === "same-origin";
}

function reconnectCookieLine(state: string, accountId: AccountId): string {
  const secure = env().NEXTAUTH_URL.startsWith("https:") ? "; Secure" : "";
  return `${reconnectCookie}${flowSuffix(state)}=${accountId}; Path=/; HttpOnly; SameSite=Lax; Max-Age=900${secure}`;
}

const redirectTo = (location: string): Response => new Response(null, { status: 303, headers: { location } });

const problemPage = (reason: SignInProblem, callbackUrl: string): Response =>
  redirectTo(`/sign-in-problem?${new URLSearchParams({ reason, callbackUrl })}`);

function plain(answer: AuthAnswer, suffix: string | null = null): Response {
  const headers = new Headers({ "cache-control": "no-store" });
  for (const line of answer.setCookies) {
    const renamed = cookieForFlow(line, suffix);
    if (renamed) headers.append("set-cookie", renamed);
  }
  if (answer.location) {
    headers.set("location", answer.location);
    // After a POST the browser is to come with a GET.
    return new Response(null, { status: 303, headers });
  }
  headers.set("content-type", "application/json");
  return new Response(JSON.stringify(answer.body), { status: answer.status, headers });
}
