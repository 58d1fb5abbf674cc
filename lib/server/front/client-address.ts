/** Who connected, as far as it can be believed. */
import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";
import proxyAddress from "proxy-addr";
import { type IsTrusted, withoutPort } from "../../request/trusted-proxies.ts";

/**
 * The address of whoever sent this request: the connection's own, or what our own proxies say of it in `X-Forwarded-For`.
 * Of IPv6 the first 64 bits, since the rest is its owner's to choose.
 */
export function clientAddress(request: IncomingMessage, isTrusted: IsTrusted): string {
  return network(connectionIsGone(request) ? "" : withoutPort(proxyAddress(request, isTrusted)));
}

const connectionIsGone = ({ socket }: IncomingMessage): boolean => socket.remoteAddress === undefined;

function network(address: string): string {
  if (!ipaddr.isValid(address)) return "unknown";
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(":")}::/64`;
}
