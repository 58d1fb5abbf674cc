/**
 * The list that a message went through.
 * @see https://www.rfc-editor.org/rfc/rfc2919
 */

import type { Header } from "../../domain/mail.ts";
import type { Authentication, MailingList } from "../../domain/sender-trust.ts";
import { decodeWords, headerValue } from "./headers.ts";
import { asciiDomain, isAligned } from "./organization.ts";

/** As the message says; anyone can say so. */
export function mailingListOf(headers: readonly Header[]): MailingList | null {
  const value = headerValue(headers, "list-id")?.slice(0, 1_000) ?? "";
  const [, phrase = "", bracketed] = /^([^<]*)<([^<>]*)>/u.exec(value) ?? [];
  const id = asciiDomain(bracketed ?? value);
  return id?.includes(".") ? { name: decodeWords(phrase.replace(/["\\]/gu, "")) || null, id } : null;
}

/** Whether who sent or signed it is who the list says it is: then a list it is, if perhaps not one that anybody knows. */
export function isVouchedFor(
  { id }: MailingList,
  { isChecked, signatures, sentBy }: Authentication,
): boolean {
  if (!isChecked) return true;
  return [...signatures, ...(sentBy ? [sentBy] : [])].some(({ domain }) => isAligned(domain, id));
}
