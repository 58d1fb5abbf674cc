/** Where a visitor was going, kept through the detour over Google. Same origin only. */
const anyOrigin = "http://same.invalid";

/**
 * What a path may take inside another address, encoded: it travels in `Location` and in the first line of a request,
 * and proxies take 4 kB of an answer's head and some 8 kB of a request's.
 */
const longestEncoded = 2_000;

const isShort = (path: string): boolean => encodeURIComponent(path).length <= longestEncoded;

/**
 * A path on this server, or `fallback`: addresses of other servers, `//host`, `/\host` and the like never pass.
 * Absolute addresses pass when they name `origin`. One that is too long to travel loses its search.
 */
export function safeReturnPath(
  asked: string | null | undefined,
  fallback = "/mail",
  origin = anyOrigin,
): string {
  if (!asked || asked.length > 16_000) return fallback;
  try {
    const url = new URL(asked, origin);
    if (url.origin !== origin) return fallback;
    const path = [`${url.pathname}${url.search}`, url.pathname].find(isShort);
    // A browser reads "//host" and "/\host" as another server.
    return path && /^\/(?![/\\])/.test(path) && !path.startsWith("/api/") ? path : fallback;
  } catch {
    return fallback;
  }
}

/** The door, from where one comes back to `returnTo`. */
export function signInPath(returnTo: string): string {
  const callbackUrl = safeReturnPath(returnTo);
  return callbackUrl === "/mail" ? "/" : `/?${new URLSearchParams({ callbackUrl })}`;
}
