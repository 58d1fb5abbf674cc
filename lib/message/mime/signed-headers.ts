/**
 * What a signature of a message vouches for.
 * @see https://www.rfc-editor.org/rfc/rfc6376#section-3.5
 */

import type { Header } from "../../domain/mail.ts";
import { resultsByGoogle } from "./authentication.ts";
import { propertyOf } from "./authentication-results.ts";

const longestSignature = 20_000;

/** Whether a DKIM signature that Google found to hold covers all these headers. @param names in lower case */
export function coversAll(headers: readonly Header[], names: readonly string[]): boolean {
  const signatures = headers
    .filter(({ name }) => name.toLowerCase() === "dkim-signature")
    .map(({ value }) => tagsOf(value.slice(0, longestSignature)));
  return (resultsByGoogle(headers) ?? []).some((result) => {
    const beginning = propertyOf(result, "header.b");
    if (result.method !== "dkim" || result.result !== "pass" || !beginning || beginning.length < 6)
      return false;
    // Google names a signature by its first characters. Where two begin so, nobody knows which of them it meant.
    const meant = signatures.filter((tags) => tags.get("b")?.startsWith(beginning));
    const [signature] = meant;
    if (meant.length !== 1 || signature === undefined || !isNamed(signature, result)) return false;
    const signed = new Set((signature.get("h") ?? "").toLowerCase().split(":"));
    return names.every((name) => signed.has(name));
  });
}

/** `v=1; d=example.org; h=from:to`: values without any space. Of a tag that stands twice nothing is believed. */
function tagsOf(value: string): ReadonlyMap<string, string> {
  const pairs = value.split(";").flatMap((tag) => {
    const [, name, text = ""] = /^\s*(\w+)\s*=(.*)$/su.exec(tag) ?? [];
    return name === undefined ? [] : [[name.toLowerCase(), text.replace(/\s/gu, "")] as const];
  });
  const tags = new Map(pairs);
  return tags.size === pairs.length ? tags : new Map();
}

/** Whether the signature is by the domain, and with the key, that Google names. */
function isNamed(signature: ReadonlyMap<string, string>, result: Parameters<typeof propertyOf>[0]): boolean {
  const domain = (signature.get("d") ?? "").toLowerCase();
  const identity = propertyOf(result, "header.d", "header.i")?.toLowerCase() ?? "";
  const signer = identity.slice(identity.lastIndexOf("@") + 1);
  const selector = propertyOf(result, "header.s");
  const isSigner = domain !== "" && (signer === domain || signer.endsWith(`.${domain}`));
  return (
    isSigner && (selector === null || selector.toLowerCase() === (signature.get("s") ?? "").toLowerCase())
  );
}
