import { type GmailContext, pageSize } from "./context.ts";
import { pageToken } from "./page-token.ts";
import { selectMessages } from "./select-messages.ts";

/**
 * `users.messages.list`: ids and thread ids, newest first; `messages` is absent when there are none.
 * @see https://developers.google.com/gmail/api/reference/rest/v1/users.messages/list
 */
export async function listMessages(context: GmailContext): Promise<unknown> {
  const { google, mailbox } = context;
  const size = pageSize(context.query);
  const { found, more, estimate, list } = await selectMessages(context, "messages", size);
  const last = found.at(-1);
  return {
    ...(found.length > 0
      ? { messages: found.map((index) => ({ id: mailbox.idOf(index), threadId: mailbox.threadIdOf(index) })) }
      : {}),
    ...(more && last !== undefined
      ? { nextPageToken: pageToken(google, list, { dateMs: mailbox.dateOf(last), index: last }) }
      : {}),
    resultSizeEstimate: estimate,
  };
}
