import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { env } from "#lib/env.ts";
import { ownAddressOf } from "#lib/request/own-address.ts";
import { isFromOwnPage, ownOrigin } from "#lib/request/own-origin.ts";
import { refuseForm } from "#lib/request/refuse-form.ts";

/**
 * Headers for every page. Scripts run only with this answer's nonce; nothing is loaded from another origin; nobody
 * may frame a page. Forms go to this server and, since browsers apply that to where a form is redirected, to Google.
 * @see https://nextjs.org/docs/app/guides/content-security-policy
 */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "media-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "manifest-src 'self'",
    `form-action 'self' ${new URL(env().GOOGLE_ISSUER).origin}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

export function proxy(request: NextRequest): Response {
  const elsewhere = ownAddressOf(request);
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
  return response;
}

export const config = {
  // Pages alone: what comes out of a mail and the API set headers of their own.
  matcher: [
    "/((?!api/|_next/|fonts/|favicon\\.ico$|icon\\.svg$|mail/[^/]+/message/[^/]+/(?:body|text|raw|print|attachments?|image)(?:/|$)).*)",
  ],
};
