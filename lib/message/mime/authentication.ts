/**
 * What Google's receiving server found out about the sender. Only headers that Google itself put on top count:
 * anyone can write the same words further down.
 * @see https://www.rfc-editor.org/rfc/rfc8601
 */

import type { Header } from "../../domain/mail.ts";
import type { Authentication } from "../../domain/readable-message.ts";
import { headerValue } from "./headers.ts";

const google = /^\s*mx\.google\.com\s*;/iu;
const dkimPassed = /\bdkim=pass\b[^;]*?\bheader\.(?:d=|i=[^\s;@]*@)([\w.-]+)/iu;
const receivedByGoogle = /\bby\s+(?:mx\.google\.com|smtp\.gmail\.com)\b/iu;

export function readAuthentication(headers: readonly Header[]): Authentication {
  return { signedBy: signedBy(headers), encryptedInTransit: encryptedInTransit(headers) };
}

function signedBy(headers: readonly Header[]): string | null {
  const results = headerValue(headers, "authentication-results")?.slice(0, 10_000) ?? "";
  return google.test(results) ? (dkimPassed.exec(results)?.[1]?.toLowerCase() ?? null) : null;
}

/** The first Received line that tells a hop from outside; Google's own hops above it have no "from". */
function encryptedInTransit(headers: readonly Header[]): boolean | null {
  const hop = headers.find(
    ({ name, value }) => name.toLowerCase() === "received" && /^\s*from\s/iu.test(value.slice(0, 50)),
  );
  const text = hop?.value.slice(0, 4_000) ?? "";
  return receivedByGoogle.test(text) ? /\bversion=TLS|\bwith\s+ESMTPSA?\b/iu.test(text) : null;
}
