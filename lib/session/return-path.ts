/** Where a visitor was going, kept through the detour over Google. Same origin only. */
const anyOrigin = "http://same.invalid";

/**
 * A path on this server, or `fallback`: addresses of other servers, `//host`, `/\host` and the like never pass.
 * Absolute addresses pass when they name `origin`.
 */
export function safeReturnPath(
  asked: string | null | undefined,
  fallback = "/mail",
  origin = anyOrigin,
): string {
  if (!asked || asked.length > 8_000) return fallback;
  try {
    const url = new URL(asked, origin);
    if (url.origin !== origin) return fallback;
    const path = `${url.pathname}${url.search}`;
    // A browser reads "//host" and "/\host" as another server.
    return /^\/(?![/\\])/.test(path) && !path.startsWith("/api/") ? path : fallback;
  } catch {
    return fallback;
  }
}

export const signInPath = (returnTo: string): string =>
  returnTo === "/mail" ? "/" : `/?${new URLSearchParams({ callbackUrl: returnTo })}`;
