import "server-only";
import { env } from "../env.ts";
import { readAuthCall, type SentCall } from "./auth-call.ts";
import { authResponse, redirectTo } from "./auth-response.ts";
import { finishSignIn } from "./finish-sign-in.ts";
import { runNextAuth } from "./run-nextauth.ts";
import { startSignIn } from "./start-sign-in.ts";

/** Where nobody comes from an exchange, nobody is judged. */
const noExchange = async () => "/";

/**
 * Everything below /api/auth. NextAuth does the exchange; around it stand our own rules: forms from this origin
 * only, cookies per flow, and every failure on a page that says what happened.
 */
export async function handleAuth(request: Request, segments: readonly string[]): Promise<Response> {
  const [action] = segments;
  if (request.method === "POST" && !isFromThisOrigin(request)) {
    return new Response("This form was not sent from Latchkey.", { status: 403 });
  }
  const sent = await readAuthCall(request, segments);
  if (action === "callback") return finishSignIn(sent);
  if (action === "signin" && request.method === "POST") return startSignIn(sent);
  // NextAuth's own pages are not used: they would ask for a second click.
  if (action === "signin" || action === "error") return redirectTo("/");
  return authResponse(await runNextAuth(callOutsideFlow(sent), noExchange));
}

const callOutsideFlow = (sent: SentCall) => sent.inFlow(null);

/** @see https://www.w3.org/TR/fetch-metadata/ for browsers that send no Origin */
function isFromThisOrigin(request: Request): boolean {
  const origin = request.headers.get("origin");
  if (origin) return origin === new URL(env().NEXTAUTH_URL).origin;
  return request.headers.get("sec-fetch-site") === "same-origin";
}
