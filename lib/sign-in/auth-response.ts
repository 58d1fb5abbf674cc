import "server-only";
import type { SignInProblem } from "../domain/sign-in-problem.ts";
import { sessionLines } from "./nextauth-cookies.ts";
import { type FailedTrip, problemPath } from "./problem-path.ts";
import type { AuthAnswer } from "./run-nextauth.ts";

/** NextAuth's answer as the browser gets it, with further `Set-Cookie` lines. Of NextAuth's cookies only the session's travels. */
export function authResponse(answer: AuthAnswer, setCookies: readonly string[] = []): Response {
  const lines = [...setCookies, ...sessionLines(answer.setCookies)];
  if (answer.location) return redirectTo(answer.location, lines);
  return new Response(JSON.stringify(answer.body), {
    status: answer.status,
    headers: headersWith(lines, { "content-type": "application/json" }),
  });
}

/** 303: after a POST the browser is to come with a GET. */
export function redirectTo(location: string, setCookies: readonly string[] = []): Response {
  return new Response(null, { status: 303, headers: headersWith(setCookies, { location }) });
}

export const problemPage = (
  reason: SignInProblem,
  trip: FailedTrip,
  setCookies: readonly string[] = [],
): Response => redirectTo(problemPath(reason, trip), setCookies);

function headersWith(setCookies: readonly string[], more: Record<string, string>): Headers {
  const headers = new Headers({ "cache-control": "no-store", ...more });
  for (const line of setCookies) headers.append("set-cookie", line);
  return headers;
}
