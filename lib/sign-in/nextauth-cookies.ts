import "server-only";
import { parseSetCookie } from "cookie";
import { cookieOptions, sessionCookieName } from "../session/cookies.ts";

/** NextAuth's values for one trip to Google: kept in its row on the server, and handed to NextAuth when Google answers. */
const checkNames = ["latchkey.check.state", "latchkey.check.pkce", "latchkey.check.nonce"] as const;
const [state, pkceCodeVerifier, nonce] = checkNames;

/**
 * The name of NextAuth's CSRF cookie. It stays between NextAuth and us: only the session's cookie reaches the browser.
 */
export const csrfCookieName = "latchkey.check.csrf";

const quarterHourSeconds = 15 * 60;

/** @see https://next-auth.js.org/configuration/options#cookies */
export function nextAuthCookies() {
  const options = cookieOptions();
  const shortLived = { ...options, maxAge: quarterHourSeconds };
  return {
    sessionToken: { name: sessionCookieName(), options },
    callbackUrl: { name: "latchkey.check.callback-url", options },
    csrfToken: { name: csrfCookieName, options },
    pkceCodeVerifier: { name: pkceCodeVerifier, options: shortLived },
    state: { name: state, options: shortLived },
    nonce: { name: nonce, options: shortLived },
  };
}

/** The values that NextAuth wants back when Google answers, by name; each is a JWE, encrypted with NEXTAUTH_SECRET. */
export function checksAmong(setCookies: readonly string[]): Record<string, string> {
  const isCheck = (name: string) => checkNames.some((check) => check === name);
  const sent = setCookies.map((line) => parseSetCookie(line));
  return Object.fromEntries(
    sent.flatMap(({ name, value }) => (isCheck(name) && value ? [[name, value]] : [])),
  );
}

/** The lines that may reach the browser: the session's. */
export const sessionLines = (setCookies: readonly string[]): string[] =>
  setCookies.filter((line) => parseSetCookie(line).name === sessionCookieName());

/** The session that an answer opens or goes on with; undefined when it brings none. */
export function sessionTokenAmong(setCookies: readonly string[]): string | undefined {
  const [line] = sessionLines(setCookies);
  return line === undefined ? undefined : parseSetCookie(line).value || undefined;
}
