import "server-only";
import { cache } from "react";
import type { AccountId, MessageId } from "../domain/mail.ts";
import { readCopyState } from "../use-cases/copy-state.ts";
import { readMessage } from "../use-cases/read-message.ts";
import { reading } from "./reading.ts";
import { visitorSignal } from "./visitor.ts";

/** The message that a page shows, read once a request. */
export const openedMessage = cache((accountId: AccountId, messageId: MessageId) =>
  readMessage(accountId, messageId, visitorSignal()),
);

/** How the copy stands that a message may have come out of. */
export const copyState = cache((accountId: AccountId) => readCopyState(accountId, reading(accountId)));
