/** Who connected, as far as it can be believed. */
import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";
import proxyAddress from "proxy-addr";
import { type IsTrusted, withoutPort } from "../../environment/trusted-proxies.ts";

/**
 * The address of whoever sent this request: the connection's own, or what our own proxies say of it in `X-Forwarded-For`.
 * Of IPv6 the first 64 bits, since the rest is its owner's to choose.
 */
export function clientAddress(request: IncomingMessage, isTrusted: IsTrusted): string {
  return network(connectionIsGone(request) ? "" : withoutPort(proxyAddress(request, isTrusted)));
}

/** What proxies and browsers add to a request, and a program on this machine does not. */
const handedOn = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
  "via",
  "sec-fetch-site",
  "cookie",
];

/** Whether a program on this machine asks, with nobody in between, as far as that can be seen. */
export function isLocal({ headers, httpVersion, socket }: IncomingMessage): boolean {
  const { remoteAddress = "" } = socket;
  // nginx, told nothing, hands on by HTTP/1.0 and adds nothing; other proxies keep the name that was asked for.
  if (httpVersion !== "1.1" || !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(headers.host ?? ""))
    return false;
  if (handedOn.some((name) => headers[name] !== undefined) || !ipaddr.isValid(remoteAddress)) return false;
  return ipaddr.process(remoteAddress).range() === "loopback";
}

/** Whether an address was told by those in between, and whether the nearest of them is a proxy of ours. */
export function forwardedIn(
  request: IncomingMessage,
  isTrusted: IsTrusted,
): "believed" | "not-believed" | "none" {
  if (request.headers["x-forwarded-for"] === undefined) return "none";
  return isTrusted(request.socket.remoteAddress ?? "", 0) ? "believed" : "not-believed";
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
