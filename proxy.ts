import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { env } from "#lib/env.ts";
import { ownAddressOf } from "#lib/request/own-address.ts";
import { isFromOwnPage, ownOrigin } from "#lib/request/own-origin.ts";
import { refuseForm } from "#lib/request/refuse-form.ts";

/**
 * Headers for every page. Scripts run only with this answer's nonce; nothing is loaded from another origin; nobody
 * may frame a page. (No `form-action`: browsers apply it to the redirect that leads to Google, wherever that lives.)
 * @see https://nextjs.org/docs/app/guides/content-security-policy
 */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/**
 * On one's own machine a server has two names, and cookies and Google's redirect belong to one of them: whoever comes
 * by the other is sent there.
 */
function otherNameOfThisMachine(request: NextRequest): URL | null {
  const own = new URL(env().NEXTAUTH_URL);
  const asked = new URL(request.nextUrl.pathname + request.nextUrl.search, own);
  const host = request.headers.get("host");
  const loopback = ["localhost", "127.0.0.1", "[::1]"].map((name) => `${name}:${own.port}`);
  return host !== own.host && loopback.includes(own.host) && loopback.includes(host ?? "") ? asked : null;
}

export function proxy(request: NextRequest): Response {
  const elsewhere = otherNameOfThisMachine(request) ?? ownAddressOf(request);
  if (elsewhere) return NextResponse.redirect(elsewhere);
  if (request.method === "POST" && !isFromOwnPage(request.headers)) return refuseForm(request.headers);
  const csp = policy(randomBytes(16).toString("base64"));
  const headers = new Headers(request.headers);
  // Next reads the nonce for its own scripts from here.
  headers.set("content-security-policy", csp);
  // Next compares a form's origin with the host it was sent to; behind a reverse proxy only NEXTAUTH_URL knows that one.
  headers.set("x-forwarded-host", new URL(env().NEXTAUTH_URL).host);
  // A form that is known by `Sec-Fetch-Site`, where something on the way has made its origin "null".
  if (request.method === "POST") headers.set("origin", ownOrigin());
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", csp);
  // Not "no-referrer": that makes browsers send `Origin: null` with our own forms, which are known by it.
  response.headers.set("referrer-policy", "same-origin");
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("cross-origin-opener-policy", "same-origin");
  response.headers.set("permissions-policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()");
  return response;
}

export const config = {
  // Pages alone: what comes out of a mail and the API set headers of their own.
  matcher: [
    "/((?!api/|_next/|fonts/|favicon\\.ico$|icon\\.svg$|mail/[^/]+/message/[^/]+/(?:body|raw|attachment)(?:/|$)).*)",
  ],
};
