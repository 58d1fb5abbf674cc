import type { Dispatcher } from "undici";
import { type Destination, destinationOf } from "./destination.ts";
import { EgressError } from "./egress-error.ts";
import { type Hop, sendHop } from "./one-hop.ts";
import { type PlaceLimits, Places } from "./places.ts";
import { isPublicAddress } from "./public-address.ts";
import { readBody } from "./read-body.ts";
import { resolveName } from "./resolve.ts";

export interface EgressOptions {
  /** Which address and port may be connected to. Only tests and drills say another thing than {@link mayReachPublic}. */
  readonly mayReach?: (address: string, port: number) => boolean;
  /** Whom to ask for names, as `address:port`; the system's own name servers where nobody is named. */
  readonly nameServers?: readonly string[];
  /** Milliseconds from the first question to the last byte, with all redirects. */
  readonly deadlineMs?: number;
  /** Bytes of an answer, after unpacking. */
  readonly mostBytes?: number;
  readonly places?: PlaceLimits;
}

/** For whom a request goes out, and until when it is wanted. */
export interface Asking {
  /** Whose share of what is under way it is: an account's id. */
  readonly accountId: string;
  readonly signal?: AbortSignal;
}

/** The internet's addresses, on the two ports of the web. */
export const mayReachPublic = (address: string, port: number): boolean =>
  (port === 80 || port === 443) && isPublicAddress(address);

const mostRedirects = 3;

/**
 * The one way out of this server to addresses that somebody else names. Whatever they name, it reaches what they could reach
 * themselves: each hop's name is resolved once, all its addresses are checked, and only those are connected to. It carries
 * nothing of the reader: no cookie, no referrer, no address, language or program of theirs.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export class Egress {
  readonly #mayReach: (address: string, port: number) => boolean;
  readonly #nameServers: readonly string[] | undefined;
  readonly #deadlineMs: number;
  readonly #mostBytes: number;
  readonly #places: Places;

  constructor(options: EgressOptions = {}) {
    this.#mayReach = options.mayReach ?? mayReachPublic;
    this.#nameServers = options.nameServers;
    this.#deadlineMs = options.deadlineMs ?? 10_000;
    this.#mostBytes = options.mostBytes ?? 10_000_000;
    this.#places = new Places(options.places ?? { perAccount: 6, inAll: 32, waiting: 200 });
  }

  /**
   * Fetches what is at an address, over three redirects at most.
   * @param accept the types that are wanted, for the `Accept` header
   * @throws EgressError
   */
  get(address: string, accept: string, asking: Asking): Promise<Uint8Array> {
    return this.#send(asking, async (signal) => {
      let to = destinationOf(address);
      for (let redirects = 0; ; redirects += 1) {
        const hop = await this.#hop(to, { method: "GET", headers: { accept }, signal });
        const answer = await sendHop(hop, (found) => this.#read(found, to));
        if (answer instanceof Uint8Array) return answer;
        if (redirects === mostRedirects) throw new EgressError("redirects", to.host);
        to = answer;
      }
    });
  }

  /**
   * Sends a form or a document and gives the answer's status. Follows no redirect and reads no answer.
   * @throws EgressError
   */
  post(
    address: string,
    body: { readonly type: string; readonly text: string },
    asking: Asking,
  ): Promise<number> {
    return this.#send(asking, async (signal) => {
      const headers = { accept: "*/*", "content-type": body.type };
      const hop = await this.#hop(destinationOf(address), { method: "POST", headers, signal });
      return sendHop({ ...hop, body: body.text }, async ({ statusCode }) => statusCode);
    });
  }

  /** In its place, before its deadline. Waiting for a place counts apart: it is no fault of the server that is asked. */
  async #send<Value>(
    { accountId, signal }: Asking,
    send: (signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> {
    const wanted = signal ?? new AbortController().signal;
    const waiting = AbortSignal.any([wanted, AbortSignal.timeout(this.#deadlineMs * 2)]);
    try {
      return await this.#places.run(accountId, waiting, async () => {
        const deadline = AbortSignal.timeout(this.#deadlineMs);
        try {
          return await send(AbortSignal.any([wanted, deadline]));
        } catch (error) {
          throw deadline.aborted && !wanted.aborted ? new EgressError("timeout", hostOf(error)) : error;
        }
      });
    } catch (error) {
      if (wanted.aborted) throw new EgressError("aborted");
      if (error instanceof EgressError) throw error;
      if (waiting.aborted) throw new EgressError("busy");
      throw new EgressError(isMalformed(error) ? "malformed" : "unreachable", null, { cause: error });
    }
  }

  /** Checks where a hop leads. @throws EgressError forbidden, unresolvable, bad-address */
  async #hop(to: Destination, rest: Pick<Hop, "method" | "headers" | "signal">): Promise<Hop> {
    const addresses = to.isLiteral ? [to.host] : await resolveName(to.host, this.#nameServers, rest.signal);
    // One bad address is enough: names that have both kinds are made to get through.
    const isForbidden = addresses.some((address) => !this.#mayReach(address, to.port));
    if (isForbidden) throw new EgressError("forbidden", to.host);
    return { to, addresses, ...rest };
  }

  /** The body, or where it is instead. */
  async #read(
    { statusCode, headers, body }: Dispatcher.ResponseData,
    { host, origin, path }: Destination,
  ): Promise<Uint8Array | Destination> {
    if ([301, 302, 303, 307, 308].includes(statusCode)) {
      const location = one(headers.location);
      if (location === "") throw new EgressError("redirects", host);
      return destinationOf(location, `${origin}${path}`);
    }
    if (statusCode !== 200) throw new EgressError("status", host);
    if (Number(one(headers["content-length"])) > this.#mostBytes) throw new EgressError("too-large", host);
    return readBody({ body, encoding: one(headers["content-encoding"]), host }, this.#mostBytes);
  }
}

/** A header that stands once; "" where it is missing or stands repeatedly. */
const one = (value: string | string[] | undefined): string => (typeof value === "string" ? value : "");

const hostOf = (error: unknown): string | null => (error instanceof EgressError ? error.host : null);

const isMalformed = (error: unknown): boolean =>
  error instanceof Error &&
  "code" in error &&
  /^(?:HPE_|UND_ERR_(?:HEADERS_OVERFLOW|RES|SOCKET_PARSE))/u.test(String(error.code));
