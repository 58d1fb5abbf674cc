import "server-only";
import { unstable_rethrow } from "next/navigation";
import { isPrefetch } from "../request/is-prefetch.ts";
import { countFailure, limitAddress, refuseAfter } from "../request/limit.ts";
import { isFromOwnPage } from "../request/own-origin.ts";
import { refuseForm } from "../request/refuse-form.ts";
import { noteSignedOut } from "../request/visit.ts";
import { sessionWith } from "../session/current-user.ts";
import { log } from "../telemetry/log.ts";
import { readAuthCall, type SentCall, sessionCookie } from "./auth-call.ts";
import { authResponse, problemPage, redirectTo } from "./auth-response.ts";
import { finishSignIn } from "./finish-sign-in.ts";
import { clearFormerCookies } from "./former-cookies.ts";
import { unknownTrip } from "./problem-path.ts";
import { runNextAuth } from "./run-nextauth.ts";
import { reportProblem } from "./sign-in-problem.ts";
import { startSignIn } from "./start-sign-in.ts";

/** What NextAuth answers as it is; its own pages are not used, since they would ask for a second click. */
const passedOn = ["session", "signout"];

/**
 * Everything below /api/auth. NextAuth does the exchange; around it stand our own rules: forms from this origin only,
 * trips to Google kept on the server, and every failure on a page that says what happened.
 */
export async function handleAuth(request: Request, segments: readonly string[]): Promise<Response> {
  if (request.method === "POST" && !isFromOwnPage(request.headers)) return refuseForm(request.headers);
  if (isWayBack(segments) && !isVisit(request)) return notNow();
  await limitAuth(request, segments);
  try {
    const response = await answer(await readAuthCall(request, segments), segments);
    if (segments[0] === "callback" && hasFailed(response)) await countFailure("failed-sign-in");
    return response;
  } catch (error) {
    unstable_rethrow(error);
    // The database is away, or something nobody foresaw: a person stands there all the same.
    return problemPage(reportProblem([error]), unknownTrip);
  }
}

async function answer(sent: SentCall, segments: readonly string[]): Promise<Response> {
  const [action = "", provider] = segments;
  if (isWayBack(segments) && sent.method === "GET") return finishSignIn(sent);
  if (action === "signin" && provider === "google" && sent.method === "POST") return startSignIn(sent);
  if (action === "signin" || action === "error") return redirectTo("/");
  if (!passedOn.includes(action)) return new Response(null, { status: 404 });
  // Whoever guesses at sessions is counted here as everywhere.
  if (action === "session" && sent.sessionToken) await sessionWith(sent.sessionToken);
  const answered = await runNextAuth(sent.withCookies(sessionCookie(sent)));
  if (action === "signout" && sent.method === "POST") noteSignedOut();
  for (const error of answered.errors)
    log.error({ event: "nextauth.failed", action, error: String(error) }, "NextAuth did not come through");
  return authResponse(answered, clearFormerCookies(sent.cookies.keys()));
}

const isWayBack = ([action, provider]: readonly string[]): boolean =>
  action === "callback" && provider === "google";

/**
 * Google's answer is taken once: by somebody who comes, not by a browser that looks ahead, asks for the head alone, or
 * was told by another page to load this as a picture of its own.
 */
const isVisit = ({ method, headers }: Request): boolean =>
  method !== "HEAD" && !isPrefetch(headers) && (headers.get("sec-fetch-dest") ?? "document") === "document";

/** A status that makes a browser come again when somebody really goes there. Nothing was read and nothing claimed. */
const notNow = (): Response =>
  new Response(null, { status: 503, headers: { "cache-control": "no-store", vary: "Sec-Purpose, Purpose" } });

/** Each way to Google is begun by a form; each way back may spend a request at Google, and most often does when it fails. */
async function limitAuth({ method }: Request, [action]: readonly string[]): Promise<void> {
  if (action === "signin" && method === "POST") await limitAddress("sign-in");
  if (action === "callback") await refuseAfter("failed-sign-in");
}

const hasFailed = ({ headers }: Response): boolean =>
  headers.get("location")?.startsWith("/sign-in-problem") ?? false;
