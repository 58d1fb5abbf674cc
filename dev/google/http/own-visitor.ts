import type { IncomingHttpHeaders } from "node:http";
import { type Answer, json } from "./answer.ts";
import type { Call } from "./call.ts";

/** The names under which this machine reaches the server, each with its port. */
const ownHosts = (origin: string): string[] => {
  const { port } = new URL(origin);
  return ["127.0.0.1", "localhost"].map((name) => `${name}:${port}`);
};

/**
 * 421 to a request for another host: a page elsewhere whose name was made to lead to this machine (DNS rebinding) would
 * otherwise be of one origin with us, and could read every answer. Null when the request is for us.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5.20
 */
export function refuseOtherHost(origin: string, { host }: IncomingHttpHeaders): Answer | null {
  return host !== undefined && ownHosts(origin).includes(host.toLowerCase())
    ? null
    : json(421, { error: "this Google answers at its own address only" });
}

/**
 * 403 to what a page of another origin has sent, another port of this machine included. Programs that are no browser send
 * neither `Origin` nor `Sec-Fetch-Site`. Null when the request comes from our own pages, a program, or a link to the page.
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function refuseOtherOrigin(call: Call): Answer | null {
  const { origin, host = "", "sec-fetch-site": site } = call.headers;
  const isOwnOrigin = origin === undefined || origin === `http://${host}`;
  const isOwnSite = site === undefined || site === "same-origin" || site === "none" || isLink(call);
  return isOwnOrigin && isOwnSite ? null : json(403, { error: "not from this page" });
}

/** A link leads to the page itself, in a tab of its own; whoever holds the link learns nothing of it. */
function isLink({ method, path, headers }: Call): boolean {
  const { "sec-fetch-mode": mode, "sec-fetch-dest": destination } = headers;
  return method === "GET" && path === "/" && mode === "navigate" && destination === "document";
}
