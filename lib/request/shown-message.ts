import "server-only";
import { cache } from "react";
import type { AccountId, MessageId } from "../domain/mail.ts";
import { readCopyState } from "../use-cases/copy/copy-state.ts";
import { knownMessage } from "../use-cases/messages/known-message.ts";
import { readMessage } from "../use-cases/messages/read-message.ts";
import { requestCopy } from "./request-copy.ts";
import { requestSignal } from "./request-signal.ts";

/** The message that a page shows, read once a request. */
export const shownMessage = cache((accountId: AccountId, messageId: MessageId) =>
  readMessage(accountId, messageId, requestSignal()),
);

/** How the copy stands that a message may have come out of. */
export const copyState = (accountId: AccountId) => readCopyState(requestCopy(accountId).copy);

/** What the copy knows of a message that could not be opened. */
export const beginningOf = (accountId: AccountId, messageId: MessageId) =>
  knownMessage(requestCopy(accountId).copy, messageId);
