/** Who is invited to an event, and what they answered. @see https://www.rfc-editor.org/rfc/rfc5545#section-3.8.4.1 */

import type { Answer, Guest } from "../../domain/card.ts";
import type { MailAddress } from "../../domain/readable-message.ts";
import { bare, named, plainAddress } from "../mime/named-address.ts";
import { clipped, oneLine } from "../mime/visible-text.ts";
import { type Property, parameterOf } from "./properties.ts";

const answers: Readonly<Record<string, Answer>> = {
  ACCEPTED: "accepted",
  DECLINED: "declined",
  TENTATIVE: "tentative",
  DELEGATED: "delegated",
};

const roles: Readonly<Record<string, Guest["role"]>> = {
  CHAIR: "chair",
  "OPT-PARTICIPANT": "optional",
  "NON-PARTICIPANT": "informed",
};

const nameLimit = 200;

export const shortText = (text: string | null): string | null =>
  text === null ? null : clipped(oneLine(text), nameLimit) || null;

/** Somebody by a calendar's address: with a name, or at least with one of both. Null for nobody. */
export function personOf(property: Property | null): MailAddress | null {
  if (property === null) return null;
  const written = String(property.values[0] ?? "");
  const isMail = /^\s*mailto:/iu.test(written) || /^[^\s:/]+@[^\s:/]+$/u.test(written);
  const address = isMail ? bare(withoutScheme(written)) : (parameterOf(property, "email") ?? "");
  const person = named(shortText(parameterOf(property, "cn")) ?? "", bare(address));
  return person && plainAddress(person);
}

const withoutScheme = (address: string): string => address.replace(/^\s*mailto:/iu, "");

export function guestOf(property: Property): Guest | null {
  const person = personOf(property);
  if (person === null) return null;
  const word = (name: string) => (parameterOf(property, name) ?? "").toUpperCase();
  const delegates = property.parameters["delegated-to"] ?? [];
  return {
    person,
    answer: answers[word("partstat")] ?? "none",
    role: roles[word("role")] ?? "required",
    isPerson: !["ROOM", "RESOURCE"].includes(word("cutype")),
    comment: shortText(parameterOf(property, "x-response-comment")),
    delegates: [delegates]
      .flat()
      .slice(0, 5)
      .map((address) => bare(withoutScheme(address))),
  };
}
