/** What a message's own headers give reason to warn of. Pure; what the copy knows of its sender comes on top. */

import type { Header } from "../../domain/mail.ts";
import type { MailAddress } from "../../domain/readable-message.ts";
import type { Authentication, MailingList, SenderWarning } from "../../domain/sender-trust.ts";
import { parseAddresses } from "../mime/addresses.ts";
import { headerValue } from "../mime/headers.ts";
import { isVouchedFor } from "../mime/mailing-list.ts";
import { domainOf, isAligned } from "../mime/organization.ts";
import { lookAlikeDomain, lookAlikeName } from "./look-alikes.ts";

interface Sent {
  readonly headers: readonly Header[];
  /** The first author with an address. */
  readonly from: MailAddress | null;
  readonly replyTo: readonly MailAddress[];
  readonly authentication: Authentication;
  readonly list: MailingList | null;
}

/** More authors than anybody is warned of. */
const authorsLimit = 8;

/** Each once, the gravest first. Promises not to throw. */
export function senderWarnings(sent: Sent): SenderWarning[] {
  const authors = parseAddresses(headerValue(sent.headers, "from") ?? "").slice(0, authorsLimit);
  const warnings: SenderWarning[] = [
    ...confirmation(sent),
    ...authors.flatMap(({ address }): SenderWarning[] => {
      const found = lookAlikeDomain(address.slice(address.lastIndexOf("@") + 1));
      return found === null ? [] : [{ code: "look-alike-domain", ...found }];
    }),
    ...authors.flatMap(({ name }): SenderWarning[] => {
      const looksLike = name === null ? null : lookAlikeName(name);
      return name === null || looksLike === null ? [] : [{ code: "look-alike-name", name, looksLike }];
    }),
    ...replies(sent),
  ];
  return [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()];
}

/** A list or a relay changes messages, and no sender's own signature outlives that: it is told, and nobody called a fake. */
function confirmation({ from, authentication, list }: Sent): SenderWarning[] {
  const domain = domainOf(from?.address ?? "");
  if (authentication.dmarc !== "fail" || domain === null) return [];
  if (list && isVouchedFor(list, authentication)) {
    return [{ code: "passed-on", domain, by: list.id, isList: true }];
  }
  const { signatures, sentBy, passedOnBy } = authentication;
  if (passedOnBy) return [{ code: "passed-on", domain, by: passedOnBy, isList: false }];
  const signedBy = signatures[0]?.domain ?? null;
  return [{ code: "not-confirmed", domain, signedBy, sentBy: sentBy?.domain ?? null }];
}

/** A list has answers sent to itself or, where it writes under its own address, to the author. */
function replies({ from, replyTo, authentication, list }: Sent): SenderWarning[] {
  const own = domainOf(from?.address ?? "");
  const [first] = replyTo;
  if (!from || own === null || first === undefined || (list && isVouchedFor(list, authentication))) return [];
  const areElsewhere = replyTo.every(({ address }) => {
    const domain = domainOf(address);
    return domain !== null && !isAligned(domain, own);
  });
  return areElsewhere ? [{ code: "replies-elsewhere", from: from.address, to: first.address }] : [];
}
