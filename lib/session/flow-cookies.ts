import "server-only";
import { createHash } from "node:crypto";

/**
 * NextAuth keeps one set of state, PKCE and nonce cookies a browser, so a second tab that signs in would break the
 * first. Each flow gets cookies of its own here: outside, their names end in a hash of the flow's `state`.
 */
const flowCookie = /(^|-)(next-auth\.(state|pkce\.code_verifier|nonce|callback-url)|latchkey\.flow)$/;
const suffixForm = /\.[\w-]{12}$/;

/** More sign-ins than these are not under way in one browser: the rest were given up. */
const flowsAtOnce = 6;

export const flowSuffix = (state: string): string =>
  `.${createHash("sha256").update(state).digest("base64url").slice(0, 12)}`;

/** What the browser sent, with this flow's cookies under the names that NextAuth looks for, and no other flow's. */
export function cookiesOfFlow(
  sent: ReadonlyMap<string, string>,
  suffix: string | null,
): Record<string, string> {
  const seen: Record<string, string> = {};
  for (const [name, value] of sent) {
    if (suffix !== null && name.endsWith(suffix)) seen[name.slice(0, -suffix.length)] = value;
    else if (!flowCookie.test(name)) seen[name] = value;
  }
  return seen;
}

/** A `Set-Cookie` line of NextAuth under the flow's own name. */
export function cookieForFlow(setCookie: string, suffix: string | null): string | null {
  const end = setCookie.indexOf("=");
  const name = setCookie.slice(0, end);
  if (!flowCookie.test(name)) return setCookie;
  // Outside a flow there is nothing to remember.
  return suffix === null ? null : `${name}${suffix}${setCookie.slice(end)}`;
}

/** The names among `sent` that belong to a flow: all of them, or those of one. */
const flowNames = (sent: Iterable<string>, suffix?: string): string[] =>
  [...sent].filter((name) => {
    const end = suffixForm.exec(name)?.[0];
    return end !== undefined && (suffix ?? end) === end && flowCookie.test(name.slice(0, -end.length));
  });

const expired = (name: string): string =>
  `${name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${name.startsWith("__") ? "; Secure" : ""}`;

/** `Set-Cookie` lines that end a flow: it is used once, however it came out. */
export const endOfFlow = (sent: Iterable<string>, suffix: string): string[] =>
  flowNames(sent, suffix).map(expired);

/** `Set-Cookie` lines that clear away what given-up sign-ins have left, before a browser's cookies grow too long. */
export function clearGivenUpFlows(sent: Iterable<string>): string[] {
  const names = flowNames(sent);
  const flows = new Set(names.map((name) => suffixForm.exec(name)?.[0]));
  return flows.size < flowsAtOnce ? [] : names.map(expired);
}
