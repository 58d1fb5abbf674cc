/** Domains, and which of them belong together. */

import { domainToASCII } from "node:url";
import { getDomain } from "tldts";

/** What stands behind the at sign, in lower case and in ASCII (`xn--…`) where it can be; null where there is none. */
export function domainOf(address: string): string | null {
  const at = address.lastIndexOf("@");
  return at < 0 ? null : asciiDomain(address.slice(at + 1));
}

/** A domain as DNS has it; one that IDNA refuses stays as it stands. Null where it is none. */
export function asciiDomain(text: string): string | null {
  const domain = text.trim().toLowerCase().replace(/\.$/u, "");
  if (domain === "" || domain.length > 253 || /[\s@<>"'();,:[\]\\/]/u.test(domain)) return null;
  return domainToASCII(domain) || domain;
}

/**
 * The domain that somebody registered: `example.co.id` of `mail.example.co.id`.
 * @see https://publicsuffix.org
 * @see https://www.rfc-editor.org/rfc/rfc7489 §3.2
 */
export function organizationOf(domain: string): string {
  return getDomain(domain, { allowPrivateDomains: true }) ?? domain;
}

/** Whether both belong to the same organization, which is all that DMARC asks unless told otherwise. */
export function isAligned(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && organizationOf(one) === organizationOf(other);
}
