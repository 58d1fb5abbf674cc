import "server-only";
import { database } from "../../db/client.ts";
import type { AccountId, MessageId } from "../../domain/mail.ts";
import type { ReadableMessage } from "../../domain/readable-message.ts";
import { allRemote, countRemote } from "../../domain/remote-content.ts";
import type { SenderChoice } from "../../domain/sender-choice.ts";
import { changeSenderChoice, listSenderChoices, readSenderChoice } from "../../mailbox/sender-choices.ts";
import { vouchedSender } from "../../message/vouched-sender.ts";
import { unlessUnusable } from "../accounts/usable-account.ts";
import { openCopy } from "../copy/open-copy.ts";
import { readMessage } from "./read-message.ts";
import { isSigned, sign } from "./signed.ts";

/** Whether the pictures of a message are shown, and why. */
export interface ImagesShown {
  readonly shown: "never" | "once" | "always";
  /** Whose pictures may be shown from now on; null where nobody vouches for the sender. */
  readonly sender: string | null;
}

const onceMs = 900_000;

/** Lets whoever has it see the pictures of this message for a quarter of an hour, in a session that may read it. */
export const showOnce = (accountId: AccountId, messageId: MessageId): string =>
  sign("show-images", Date.now() + onceMs, [accountId, messageId]);

/** @param once what {@link showOnce} gave, or anything else out of an address */
export async function imagesShown(
  accountId: AccountId,
  message: ReadableMessage,
  once: string,
): Promise<ImagesShown> {
  const { images, trackers } = countRemote(allRemote(message));
  const sender = vouchedSender(message);
  if (images === trackers) return { shown: "never", sender };
  const choice = sender === null ? null : await choiceFor(accountId, sender);
  if (choice?.showImages) return { shown: "always", sender };
  return {
    shown: isSigned(once, "show-images", [accountId, message.id], Date.now()) ? "once" : "never",
    sender,
  };
}

async function choiceFor(accountId: AccountId, address: string): Promise<SenderChoice | null> {
  const { sealer } = await openCopy(accountId);
  return readSenderChoice(database(), sealer, accountId, address);
}

/**
 * Shows the pictures of a message's sender from now on, or no longer. Nothing changes for a sender whom nobody vouches for, and for
 * a message that cannot be read: its page says why.
 */
export async function chooseFor(
  accountId: AccountId,
  messageId: MessageId,
  showImages: boolean,
): Promise<void> {
  const outcome = await readMessage(accountId, messageId);
  const sender = outcome.ok ? vouchedSender(outcome.content) : null;
  if (sender !== null) await setShown(accountId, sender, showImages);
}

/** Shows no pictures of a sender any more but when asked. */
export const stopShowingFrom = (accountId: AccountId, address: string): Promise<void> =>
  setShown(accountId, address, false);

async function setShown(accountId: AccountId, address: string, showImages: boolean): Promise<void> {
  const copy = await unlessUnusable(openCopy(accountId));
  if (copy === null) return;
  const { sealer } = copy;
  await database().$transaction((tx) => changeSenderChoice(tx, sealer, accountId, address, { showImages }));
}

/** Accounts with what was chosen for senders of their mail; nothing, for one that may not be read. */
export const senderChoices = <Account extends { readonly id: AccountId }>(accounts: readonly Account[]) =>
  Promise.all(
    accounts.map(async (account) => {
      const copy = await unlessUnusable(openCopy(account.id));
      const choices = copy === null ? [] : await listSenderChoices(database(), copy.sealer, account.id);
      return { ...account, choices };
    }),
  );
