import type { LookupFunction } from "node:net";
import { Client, type Dispatcher } from "undici";
import type { Destination } from "./destination.ts";
import { EgressError } from "./egress-error.ts";

export interface Hop {
  readonly to: Destination;
  /** The addresses that were checked: no other is connected to, whatever a name server says by now. */
  readonly addresses: readonly string[];
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** Says nothing about who reads, with what, or on which system. */
const agent = "Mozilla/5.0 (compatible; mail proxy)";

/**
 * Sends one request over a connection of its own and hands the answer to `use`; the connection ends with it. No proxy of the
 * environment, no cookie, no referrer, no session from an earlier connection.
 */
export async function sendHop<Value>(
  { to, addresses, method, headers, body, signal }: Hop,
  use: (answer: Dispatcher.ResponseData) => Promise<Value>,
): Promise<Value> {
  const client = new Client(to.origin, {
    allowH2: false,
    maxHeaderSize: 16_384,
    connect: {
      timeout: 5_000,
      lookup: pinned(addresses),
      autoSelectFamily: true,
      maxCachedSessions: 0,
      // Said here, so that no variable of the environment says otherwise.
      rejectUnauthorized: true,
    },
  });
  try {
    const answer = await client.request({
      path: to.path,
      method,
      headers: { "user-agent": agent, "accept-encoding": "gzip, deflate, br", ...headers },
      ...(body !== undefined && { body }),
      signal,
    });
    // Left unread, a body that breaks off has nobody else to tell.
    answer.body.on("error", () => {});
    return await use(answer);
  } finally {
    await client.destroy();
  }
}

/** Answers Node's question for a name with what was checked. Literal addresses were checked and are never asked for. */
function pinned(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  return (hostname, { all: wantsAll }, done) => {
    const [first] = all;
    if (!first) return done(new EgressError("unresolvable", hostname), "", 0);
    return wantsAll ? done(null, all) : done(null, first.address, first.family);
  };
}
