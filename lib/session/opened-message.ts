import "server-only";
import { cache, cacheSignal } from "react";
import type { AccountId, MessageId } from "../domain/mail.ts";
import { readMessage } from "../use-cases/read-message.ts";

/** The message that a page shows, read once a request. */
export const openedMessage = cache((accountId: AccountId, messageId: MessageId) =>
  readMessage(accountId, messageId, cacheSignal()),
);
