import { env } from "../env.ts";

export const ownOrigin = (): string => new URL(env().NEXTAUTH_URL).origin;

/**
 * Whether a form was sent from one of our own pages: the one check for all of them.
 *
 * `Origin` says it. Where it is missing, or "null" because something on the way adds `Referrer-Policy: no-referrer`, the
 * browser's own `Sec-Fetch-Site` is believed: no page can set that header, and a frame without an origin of its own never
 * gets "same-origin". A browser too old for both is not served.
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function isFromOwnPage(headers: Headers): boolean {
  const origin = headers.get("origin");
  if (origin !== null && origin !== "null") return origin === ownOrigin();
  return headers.get("sec-fetch-site") === "same-origin";
}
