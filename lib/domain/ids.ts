/** Texts that are taken for ids: nowhere else is a text called one. */
import type { AccountId, LabelId, MessageId, ThreadId } from "./mail.ts";
import type { UserId } from "./people.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const messageIdForm = /^[0-9A-Za-z_-]{1,64}$/;

/** What can be an account's id at all, out of an address or a form; null for everything else, which is not worth a query. */
export const asAccountId = (text: string): AccountId | null => (uuid.test(text) ? (text as AccountId) : null);

/** What can be a message's id at all, out of an address; null for everything else. */
export const asMessageId = (text: string): MessageId | null =>
  messageIdForm.test(text) ? (text as MessageId) : null;

function requireUuid(text: string): string {
  if (!uuid.test(text)) throw new TypeError("An id of the database is a UUID.");
  return text;
}

/** Ids that the database gives. @throws TypeError for a text that is no UUID */
export const accountIdOf = (text: string): AccountId => requireUuid(text) as AccountId;
export const userIdOf = (text: string): UserId => requireUuid(text) as UserId;

/** Ids that Gmail gives, or the copy of what it gave. Gmail promises nothing of their form. */
export const messageIdOf = (text: string): MessageId => text as MessageId;
export const threadIdOf = (text: string): ThreadId => text as ThreadId;
export const labelIdOf = (text: string): LabelId => text as LabelId;
