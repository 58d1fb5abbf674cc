import "server-only";
import { BlockList, isIP } from "node:net";
import { z } from "zod";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Whether a host of a parsed address is this machine itself, whatever its name server says. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "");
  const family = isIP(host);
  return family === 0 ? host === "localhost" : loopback.check(host, family === 6 ? "ipv6" : "ipv4");
}

/** Whether an address leads to this machine itself. */
export const isLoopbackAddress = (address: string): boolean => isLoopback(new URL(address).hostname);

/** Whether nobody on the way can read what is sent there: https, or this machine itself. */
export function isPrivateOnTheWay(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || isLoopback(hostname);
}

// Refinements are also called for what is no address at all: that has been said already.
const parsed = (text: string) => (URL.canParse(text) ? new URL(text) : null);

/** An address that tokens and sessions travel to. */
export const safeAddress = z
  .url({ protocol: /^https?$/, error: "must be an http(s) address" })
  .refine(
    (text) => parsed(text)?.protocol !== "http:" || isPrivateOnTheWay(text),
    "must be https: only this machine itself (localhost, 127.0.0.1, [::1]) may be spoken to in clear",
  )
  .refine((text) => {
    const url = parsed(text);
    return url === null || (url.username === "" && url.password === "");
  }, "must not hold a user name or a password")
  .refine((text) => !/[?#]/.test(text), "must end before any ? or #");

/** Where PostgreSQL is. */
export const databaseAddress = z
  .string()
  .refine((text) => /^postgres(ql)?:$/.test(parsed(text)?.protocol ?? ""), {
    error:
      "must be a postgresql:// address. In its user name and password write # as %23, / as %2F, ? as %3F, @ as %40, : as %3A and % as %25",
  });

/** An address without a path. */
export const originAddress = safeAddress.refine(
  (text) => (parsed(text)?.pathname ?? "/") === "/",
  "must be an origin, without a path",
);
