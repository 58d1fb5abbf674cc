/**
 * What the lines about authentication in a message's headers say, and which of them count.
 * @see https://www.rfc-editor.org/rfc/rfc8601, https://www.rfc-editor.org/rfc/rfc6376 §3.5, https://www.rfc-editor.org/rfc/rfc8617 §4
 */

import type { Header } from "../../domain/mail.ts";
import type { AuthenticationCheck, AuthenticationNote } from "../../domain/original-message.ts";
import { readAuthentication } from "../mime/authentication.ts";
import {
  type AuthenticationResults,
  parseAuthenticationResults,
  propertyOf,
} from "../mime/authentication-results.ts";
import { visibleSource } from "./visible-source.ts";

/** No honest line is longer. */
const lineLimit = 10_000;
/** More of them than anybody reads. */
const checksLimit = 20;

/** What each of these headers says, in their order; null for those that are not about authentication. */
export function authenticationNotes(headers: readonly Header[]): (AuthenticationNote | null)[] {
  const isChecked = readAuthentication(headers, null).isChecked;
  const topmost = headers.find(({ name }) => name.toLowerCase() === "authentication-results");
  return headers.map((header) => noteOf(header, isChecked && header === topmost));
}

function noteOf({ name, value }: Header, isGoogles: boolean): AuthenticationNote | null {
  const line = value.slice(0, lineLimit).replace(/\s+/gu, " ").trim();
  switch (name.toLowerCase()) {
    case "authentication-results": {
      const results = parseAuthenticationResults(line);
      if (isGoogles && results) return { kind: "googles", checks: checksOf(results) };
      return { kind: "others", by: results && visibleSource(results.authservId).slice(0, 255) };
    }
    case "received-spf":
      return { kind: "spf" };
    case "dkim-signature":
      return { kind: "signature", domain: domainOf(/(?:^|;) ?d ?= ?([^\s;]+)/iu.exec(line)?.[1]) };
    case "arc-authentication-results":
    case "arc-message-signature":
    case "arc-seal":
      return { kind: "arc" };
    default:
      return null;
  }
}

/** Of a line that a sender's address has torn only what is bad is believed. */
function checksOf({ results, isWellFormed }: AuthenticationResults): AuthenticationCheck[] {
  return results
    .filter(({ result }) => isWellFormed || result !== "pass")
    .slice(0, checksLimit)
    .flatMap((one) => {
      const method = methods.find((known) => known === one.method);
      const named = propertyOf(one, "header.d", "header.i", "header.from", "smtp.mailfrom", "smtp.mail");
      return method ? [{ method, result: outcomeOf(one.result), domain: domainOf(named) }] : [];
    });
}

const methods = ["spf", "dkim", "dmarc", "arc"] as const;

function outcomeOf(result: string): AuthenticationCheck["result"] {
  if (result === "pass") return "pass";
  return ["fail", "hardfail", "softfail"].includes(result) ? "fail" : "none";
}

/** Of a domain, or of the part behind an address's at sign. */
const domainOf = (text: string | null | undefined): string | null =>
  visibleSource(text ?? "")
    .split("@")
    .at(-1)
    ?.slice(0, 255) || null;
