/** The head that every answer has, whoever wrote it. */
import type { ServerResponse } from "node:http";
import onHeaders from "on-headers";

/**
 * The policy of answers that are no pages: nothing is loaded, framed or sent. Pages and bodies of mails have policies
 * of their own.
 */
const strictestPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The policy of pages that bring none, such as Next's 404 below /api: no scripts. */
const pagePolicy = `${strictestPolicy}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'`;

/** @see https://owasp.org/www-project-secure-headers/ */
const always = {
  "x-content-type-options": "nosniff",
  "x-dns-prefetch-control": "off",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
  // Not "no-referrer": that makes browsers send `Origin: null` with our own forms, which are known by it.
  "referrer-policy": "same-origin",
} as const;

/** Two years, as browsers' preload lists want it; without subdomains, which are not ours to speak for. */
const strictTransport = "max-age=63072000";

const withoutBody = [204, 304];

/**
 * What an answer with this status and these headers lacks.
 * @param secure whether people reach this server over https
 */
export function missingHeaders(
  status: number,
  present: (name: string) => string | undefined,
  secure: boolean,
): ReadonlyMap<string, string> {
  const framing = /frame-ancestors 'self'/.test(present("content-security-policy") ?? "")
    ? "SAMEORIGIN"
    : "DENY";
  const wanted = {
    ...always,
    "content-security-policy": present("content-type")?.startsWith("text/html")
      ? pagePolicy
      : strictestPolicy,
    "x-frame-options": framing,
    ...(secure ? { "strict-transport-security": strictTransport } : {}),
    ...(withoutBody.includes(status) ? {} : { "content-type": "text/plain; charset=utf-8" }),
    ...(status >= 400 ? { "cache-control": "no-store" } : {}),
  };
  return new Map(Object.entries(wanted).filter(([name]) => present(name) === undefined));
}

/** Completes the head of this answer at the moment it is sent, so that no route can forget to. */
export function completeHead(response: ServerResponse, secure: boolean): void {
  onHeaders(response, () => {
    const present = (name: string) => response.getHeader(name)?.toString();
    for (const [name, value] of missingHeaders(response.statusCode, present, secure)) {
      response.setHeader(name, value);
    }
  });
}
