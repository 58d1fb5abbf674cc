/** What several parts of one page read together: each of these is read once a request. */
import "server-only";
import { cache } from "react";
import type { MyAccount } from "../domain/account.ts";
import type { AccountId, MessageId } from "../domain/mail.ts";
import { type MailList, mailListOf } from "../domain/mail-list.ts";
import type { MessageAddress } from "../domain/paths.ts";
import type { MessageSummary } from "../domain/readable-message.ts";
import { readPlaceInList } from "../use-cases/conversations/place-in-list.ts";
import { readConversation } from "../use-cases/conversations/read-conversation.ts";
import { openCopyToRead, type RequestCopy, readCopyState } from "../use-cases/copy/open-copy.ts";
import { type LabelsOutcome, readLabelCounts, readLabels } from "../use-cases/lists/read-labels.ts";
import { readMessagePage } from "../use-cases/lists/read-message-page.ts";
import { knownMessage } from "../use-cases/messages/known-message.ts";
import { readSenderTrust } from "../use-cases/messages/read-sender-trust.ts";
import { unfoldedIn } from "./message-address.ts";
import { requestSignal } from "./visit.ts";

/** A request's look into a copy: the list and the rail share it. */
export const requestCopy = cache((accountId: AccountId): RequestCopy => {
  const copy = openCopyToRead(accountId);
  copy.catch(() => {}); // Whoever awaits it deals with it.
  return { accountId, copy, signal: requestSignal() };
});

/** The list and its position show the same page: it is read once a request, and no longer when the visitor leaves. */
export const messagePage = cache((accountId: AccountId, list: MailList, query: string, cursor: string) =>
  readMessagePage(requestCopy(accountId), { list, query, cursor }),
);

/** Asked for by the rail and by the list; read once a request, and no longer when the visitor leaves. */
export const accountLabels = cache((accountId: AccountId) => readLabels(requestCopy(accountId)));

/** An account's labels, with a count for each that the rail shows one for. */
export const accountLabelCounts = cache((accountId: AccountId, known: Extract<LabelsOutcome, { ok: true }>) =>
  readLabelCounts(accountId, known, requestSignal()),
);

/** The conversation that a page shows: its title and its body are read once a request. */
export const shownConversation = cache((accountId: AccountId, messageId: MessageId, open: string) =>
  readConversation(requestCopy(accountId), messageId, unfoldedIn(open)),
);

/** Where a message stands in the list that it was opened from; null without one. */
export const placeInList = (accountId: AccountId, messageId: MessageId, address: MessageAddress) => {
  const { query, cursor } = address;
  const list = mailListOf(address.list);
  return list && readPlaceInList(requestCopy(accountId), { list, query, cursor }, messageId);
};

/** How the copy stands that a message may have come out of. */
export const copyState = (accountId: AccountId) => readCopyState(requestCopy(accountId).copy);

/** What the copy knows of a message, whether or not it was opened. */
export const beginningOf = (accountId: AccountId, messageId: MessageId) =>
  knownMessage(requestCopy(accountId).copy, messageId);

/** What the copy knows of the senders of these messages. */
export const trustInSenders = ({ id, email, name }: MyAccount, messages: readonly MessageSummary[]) =>
  readSenderTrust(requestCopy(id).copy, { address: email, name }, messages);
