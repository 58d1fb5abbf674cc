/**
 * What Google's receiving server found out about the sender. Only headers that Google itself put on top count:
 * anyone can write the same words further down.
 * @see https://www.rfc-editor.org/rfc/rfc8601
 */

import type { Header } from "../../domain/mail.ts";
import type { Authentication, Voucher } from "../../domain/sender-trust.ts";
import { type MethodResult, parseAuthenticationResults, propertyOf } from "./authentication-results.ts";
import { headerValue } from "./headers.ts";
import { asciiDomain, isAligned } from "./organization.ts";
import { hopIntoGoogle, passedElsewhere } from "./received.ts";

/** Every message that Google receives gets results by this name, on top of all that its sender wrote. */
const google = "mx.google.com";

/** More signatures than any honest message bears. */
const signaturesLimit = 8;

/** @param sender the domain of the address that From names, as `domainOf` has it */
export function readAuthentication(headers: readonly Header[], sender: string | null): Authentication {
  const at = headers.findIndex(({ name }) => name.toLowerCase() === "authentication-results");
  const hop = hopIntoGoogle(headers);
  const found = resultsByGoogle(headers);
  const results = found ?? [];
  const voucher = (domain: string): Voucher => ({ domain, isSenders: isAligned(domain, sender) });
  const sentBy = domainIn(passed(results, "spf")[0], "smtp.mailfrom", "smtp.mail");
  return {
    isChecked: found !== null,
    signatures: signatures(results).map(voucher).sort(sendersFirst).slice(0, signaturesLimit),
    sentBy: sentBy === null ? null : voucher(sentBy),
    dmarc: dmarc(results, sender),
    passedOnBy: passed(results, "arc").length > 0 ? sealer(headers.slice(at)) : null,
    cameFrom: hop?.address ? { host: hop.host, address: hop.address } : null,
    encryptedInTransit: hop?.isEncrypted ?? null,
  };
}

/** What Google found, check by check; null where the topmost results are another's. Of torn ones only what is bad is kept. */
export function resultsByGoogle(headers: readonly Header[]): readonly MethodResult[] | null {
  const at = headers.findIndex(({ name }) => name.toLowerCase() === "authentication-results");
  if (at < 0 || passedElsewhere(headers.slice(0, at))) return null;
  const parsed = parseAuthenticationResults(headerValue(headers, "authentication-results") ?? "");
  if (parsed?.authservId !== google) return null;
  return parsed.isWellFormed ? parsed.results : parsed.results.filter(({ result }) => result !== "pass");
}

/** A check is made once: where it is told twice, each has to have passed. Signatures are checked one by one. */
function passed(results: readonly MethodResult[], method: string): readonly MethodResult[] {
  const told = results.filter((one) => one.method === method);
  return told.every(({ result }) => result === "pass") ? told : [];
}

function signatures(results: readonly MethodResult[]): string[] {
  const held = results.filter(({ method, result }) => method === "dkim" && result === "pass");
  const domains = held.map((one) => domainIn(one, "header.d", "header.i"));
  return [...new Set(domains.filter((domain) => domain !== null))];
}

const sendersFirst = (one: Voucher, other: Voucher): number =>
  Number(other.isSenders) - Number(one.isSenders);

/** Of a domain, or of the part behind an address's at sign. */
function domainIn(result: MethodResult | undefined, ...names: string[]): string | null {
  const value = result === undefined ? null : propertyOf(result, ...names);
  return value === null ? null : asciiDomain(value.slice(value.lastIndexOf("@") + 1));
}

function dmarc(results: readonly MethodResult[], sender: string | null): Authentication["dmarc"] {
  const told = results.filter(({ method }) => method === "dmarc");
  if (told.some(({ result }) => result === "fail")) return "fail";
  const [pass] = passed(told, "dmarc");
  if (pass === undefined || sender === null) return null;
  // A second From that readers do not show may be what was checked.
  const checked = domainIn(pass, "header.from");
  return checked === null || isAligned(checked, sender) ? "pass" : "fail";
}

/** Who sealed it last: below what Google wrote stands the seal of the server that handed it over. */
function sealer(below: readonly Header[]): string | null {
  const seal = headerValue(below, "arc-seal") ?? "";
  return asciiDomain(/(?:^|;)\s*d\s*=\s*([^\s;]+)/iu.exec(seal)?.[1] ?? "");
}
