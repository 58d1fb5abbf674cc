import { env } from "../env.ts";

interface Asked {
  readonly method: string;
  readonly headers: Headers;
  /** The address as it was asked for; only path and search of it count. */
  readonly nextUrl: { readonly pathname: string; readonly search: string };
}

const withoutWww = (host: string): string => host.replace(/^www\./, "");

/** As an address has it: in small letters, and without the port that goes without saying. Null for what is no host. */
function hostOf(text: string, { protocol }: URL): string | null {
  const address = `${protocol}//${text.trim()}`;
  return URL.canParse(address) ? new URL(address).host : null;
}

/**
 * The right address of a page that was asked for with `www.` before this server's name, or without the one it has; null
 * for every other. Cookies and Google's redirect belong to NEXTAUTH_URL's name, so a sign-in by another ends in nothing.
 *
 * No other name is taken for a wrong one: reverse proxies put names of their own into `Host` and `X-Forwarded-Host`, and a
 * redirect would go round for ever. Always leads to NEXTAUTH_URL, whatever the headers say.
 */
export function ownAddressOf({ method, headers, nextUrl }: Asked): URL | null {
  if (method !== "GET" && method !== "HEAD") return null;
  const own = new URL(env().NEXTAUTH_URL);
  // The first of several proxies knows what was typed.
  const [first = ""] = (headers.get("x-forwarded-host") ?? headers.get("host") ?? "").split(",");
  const typed = hostOf(first, own);
  if (typed === null || typed === own.host || withoutWww(typed) !== withoutWww(own.host)) return null;
  const address = new URL(own);
  address.pathname = nextUrl.pathname;
  address.search = nextUrl.search;
  return address;
}
