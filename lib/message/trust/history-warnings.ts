/** What the copy of a mailbox gives reason to warn of, beside a message's own headers. Pure: what the copy knows is handed in. */

import type { MailAddress, ReadableMessage } from "../../domain/readable-message.ts";
import { comparableAddress, comparableName } from "../../domain/sender.ts";
import type { SenderWarning } from "../../domain/sender-trust.ts";
import { isVouchedFor } from "../mime/mailing-list.ts";
import { domainOf, isAligned } from "../mime/organization.ts";

export interface KnownOfSender {
  /** Nobody by that address has written before. */
  readonly isFirst: boolean;
  /** Whether the copy holds all that there ever was. */
  readonly isWhole: boolean;
  /** Who wrote before under the same name, or from an address that this one may be taken for; the earliest first. */
  readonly others: readonly MailAddress[];
  readonly resembled: readonly string[];
}

/** Whose mailbox it is. */
export interface Owner {
  readonly address: string;
  readonly name: string | null;
}

/** The gravest first; at most one of them, since each explains what the next would say. */
export function historyWarnings(
  message: ReadableMessage,
  known: KnownOfSender,
  owner: Owner,
): SenderWarning[] {
  const { from, authentication, list } = message;
  if (!from?.address || isSame(from.address, owner.address)) return [];
  const { address, name } = from;
  const looked = known.others.find((other) => known.resembled.some((look) => isSame(look, other.address)));
  if (looked) return [{ code: "known-look", address, known: looked.address }];
  const namesakes = known.others.filter((other) => !isAligned(domainOf(other.address), domainOf(address)));
  const isOwners =
    namesakes.some((other) => isSame(other.address, owner.address)) || bears(owner.name ?? "", from);
  if (name && isOwners) return [{ code: "own-name", name, address }];
  const [namesake] = namesakes;
  if (name && namesake) {
    const isUnconfirmed = authentication.dmarc === "fail";
    return [{ code: "known-name", name, address, known: namesake.address, isUnconfirmed }];
  }
  // To a list, somebody new writes every day.
  const isFirst = known.isFirst && known.isWhole && !(list && isVouchedFor(list, authentication));
  return isFirst ? [{ code: "first-message", address }] : [];
}

const isSame = (one: string, other: string): boolean => comparableAddress(one) === comparableAddress(other);

const bears = (name: string, { name: given }: MailAddress): boolean => {
  const compared = comparableName(name);
  return compared !== null && compared === comparableName(given ?? "");
};
