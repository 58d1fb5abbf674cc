import "server-only";
import type { SignInProblem } from "../domain/sign-in-problem.ts";
import { cookieForFlow } from "./flow-cookies.ts";
import type { AuthAnswer } from "./run-nextauth.ts";

export interface AuthResponseOptions {
  /** The flow whose cookies these are; null outside of one. */
  readonly suffix?: string | null;
  /** Further `Set-Cookie` lines. */
  readonly setCookies?: readonly string[];
}

/** NextAuth's answer as the browser gets it. */
export function authResponse(answer: AuthAnswer, options: AuthResponseOptions = {}): Response {
  const { suffix = null, setCookies = [] } = options;
  const renamed = answer.setCookies.flatMap((line) => cookieForFlow(line, suffix) ?? []);
  if (answer.location) return redirectTo(answer.location, [...setCookies, ...renamed]);
  return new Response(JSON.stringify(answer.body), {
    status: answer.status,
    headers: headersWith([...setCookies, ...renamed], { "content-type": "application/json" }),
  });
}

/** 303: after a POST the browser is to come with a GET. */
export function redirectTo(location: string, setCookies: readonly string[] = []): Response {
  return new Response(null, { status: 303, headers: headersWith(setCookies, { location }) });
}

export function problemPage(
  reason: SignInProblem,
  callbackUrl: string,
  setCookies: readonly string[] = [],
): Response {
  return redirectTo(`/sign-in-problem?${new URLSearchParams({ reason, callbackUrl })}`, setCookies);
}

function headersWith(setCookies: readonly string[], more: Record<string, string>): Headers {
  const headers = new Headers({ "cache-control": "no-store", ...more });
  for (const line of setCookies) headers.append("set-cookie", line);
  return headers;
}
