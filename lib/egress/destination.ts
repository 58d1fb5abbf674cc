import { isIP } from "node:net";
import { EgressError } from "./egress-error.ts";

/** Where a request goes: only what may be sent there. */
export interface Destination {
  readonly protocol: "http:" | "https:";
  /** A name, or an address without brackets. */
  readonly host: string;
  readonly isLiteral: boolean;
  readonly port: number;
  readonly origin: string;
  /** Path and query. */
  readonly path: string;
}

/** Longer addresses are refused by many servers too. */
const longest = 8_192;

/**
 * Reads an address as browsers do: `http://0x7f.1` and `http://2130706433` are the address that they stand for.
 * @param base what a relative address of a redirect begins at
 * @throws EgressError bad-address
 * @see https://url.spec.whatwg.org/#host-parsing
 */
export function destinationOf(text: string, base?: string): Destination {
  const url = text.length <= longest && URL.canParse(text, base) ? new URL(text, base) : null;
  if (url === null) throw new EgressError("bad-address");
  const { protocol, username, password, hostname, origin } = url;
  const host = hostname.replace(/^\[|\]$/gu, "");
  if (protocol !== "http:" && protocol !== "https:") throw new EgressError("bad-address");
  if (username !== "" || password !== "") throw new EgressError("bad-address", host);
  const isLiteral = isIP(host) !== 0;
  // A name of one word is one of this network's; one with a dot at its end has another certificate than it seems to.
  if (!isLiteral && (!host.includes(".") || host.endsWith("."))) throw new EgressError("bad-address", host);
  const port = url.port === "" ? (protocol === "https:" ? 443 : 80) : Number(url.port);
  return { protocol, host, isLiteral, port, origin, path: `${url.pathname}${url.search}` };
}
