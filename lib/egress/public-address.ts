/**
 * Which addresses the internet reaches, so that whoever names one of them reaches nothing through us that they could not
 * reach by themselves.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */

import ipaddr from "ipaddr.js";

/** All of IPv6 that is given out. What wraps an IPv4 address (`::ffff:…`, `::…`, `64:ff9b::…`) is outside, or in a range with a name. */
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/** Public by their number, and answered by the machine's own cloud: Azure's. Those of the others are link-local or private. */
const cloudsOwn = new Set(["168.63.129.16"]);

/** Whether an IPv4 or IPv6 address is one of the internet's. False for what is no address, and for one with a zone. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text) || text.includes("%")) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast") return false;
  return address.kind() === "ipv6"
    ? address.match(globalUnicast)
    : ipaddr.IPv4.isValidFourPartDecimal(text) && !cloudsOwn.has(address.toString());
}

/** What a name server with DNS64 adds for names that have IPv4 alone. @see https://www.rfc-editor.org/rfc/rfc6147 */
export const isSynthesized = (text: string): boolean =>
  ipaddr.IPv6.isValid(text) && ipaddr.parse(text).range() === "rfc6052";
