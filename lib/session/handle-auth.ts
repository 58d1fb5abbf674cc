import "server-only";
import { env } from "../env.ts";
import { log } from "../telemetry/log.ts";
import { readAuthCall, type SentCall } from "./auth-call.ts";
import { authResponse, problemPage, redirectTo } from "./auth-response.ts";
import { finishSignIn } from "./finish-sign-in.ts";
import { runNextAuth } from "./run-nextauth.ts";
import { reportProblem } from "./sign-in-problem.ts";
import { startSignIn } from "./start-sign-in.ts";

/** What NextAuth answers as it is; its own pages are not used, since they would ask for a second click. */
const passedOn = ["session", "csrf", "providers", "signout"];

/**
 * Everything below /api/auth. NextAuth does the exchange; around it stand our own rules: forms from this origin only,
 * cookies per flow, and every failure on a page that says what happened.
 */
export async function handleAuth(request: Request, segments: readonly string[]): Promise<Response> {
  if (request.method === "POST" && !isFromThisOrigin(request)) {
    return new Response("This form was not sent from Latchkey.", { status: 403 });
  }
  try {
    return await answer(await readAuthCall(request, segments), segments);
  } catch (error) {
    // The database is away, or something nobody foresaw: a person stands there all the same.
    return problemPage(reportProblem([error]), "/mail");
  }
}

async function answer(sent: SentCall, [action = "", provider]: readonly string[]): Promise<Response> {
  const isGoogle = provider === "google";
  if (action === "callback" && isGoogle && sent.method === "GET") return finishSignIn(sent);
  if (action === "signin" && isGoogle && sent.method === "POST") return startSignIn(sent);
  if (action === "signin" || action === "error") return redirectTo("/");
  if (!passedOn.includes(action)) return new Response("There is nothing here.", { status: 404 });
  const answered = await runNextAuth(sent.inFlow(null), async () => "/");
  for (const error of answered.errors)
    log.error({ action, error: String(error) }, "NextAuth did not come through");
  return authResponse(answered);
}

/** @see https://www.w3.org/TR/fetch-metadata/ for browsers that send no Origin */
function isFromThisOrigin(request: Request): boolean {
  const origin = request.headers.get("origin");
  if (origin) return origin === new URL(env().NEXTAUTH_URL).origin;
  return request.headers.get("sec-fetch-site") === "same-origin";
}
