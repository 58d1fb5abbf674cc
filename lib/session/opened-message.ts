import "server-only";
import { cache } from "react";
import type { AccountId, MessageId } from "../domain/mail.ts";
import { readMessage } from "../use-cases/read-message.ts";
import { visitorSignal } from "./visitor.ts";

/** The message that a page shows, read once a request. */
export const openedMessage = cache((accountId: AccountId, messageId: MessageId) =>
  readMessage(accountId, messageId, visitorSignal()),
);
