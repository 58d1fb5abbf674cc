import { isWellFormedId } from "../mailbox/message-id.ts";
import { type GmailContext, longString, pageSize } from "./context.ts";
import { invalidArgument, notFound } from "./errors.ts";
import { formatOf, messageResource } from "./messages-get.ts";
import { pageToken } from "./page-token.ts";
import { selectMessages } from "./select-messages.ts";

/** `users.threads.list`: threads by their newest matching message. */
export async function listThreads(context: GmailContext): Promise<unknown> {
  const { google, mailbox, query } = context;
  const size = pageSize(query);
  const newest = (index: number) => mailbox.thread(mailbox.threadIdOf(index)).at(-1) === index;
  const { found, more, estimate, list } = await selectMessages(context, "threads", size, newest);
  const last = found.at(-1);
  const threads = await Promise.all(
    found.map(async (index) => ({
      id: mailbox.threadIdOf(index),
      snippet: (await mailbox.contents.open(index)).snippet,
      historyId: longString(mailbox.historyIdOf(index)),
    })),
  );
  return {
    ...(threads.length > 0 ? { threads } : {}),
    ...(more && last !== undefined
      ? { nextPageToken: pageToken(google, list, { dateMs: mailbox.dateOf(last), index: last }) }
      : {}),
    resultSizeEstimate: estimate,
  };
}

/** `users.threads.get`: all messages of a thread, oldest first. */
export async function getThread(context: GmailContext): Promise<unknown> {
  const { mailbox, parameters, query } = context;
  const id = parameters[0] ?? "";
  if (!isWellFormedId(id)) throw invalidArgument("Invalid id value");
  const members = mailbox.thread(id);
  if (members.length === 0) throw notFound();
  const format = formatOf(context);
  if (format === "raw") throw invalidArgument("Invalid value at 'format': raw is not supported for threads");
  const messages = await Promise.all(
    members.map((index) => messageResource(mailbox, index, format, query.getAll("metadataHeaders"))),
  );
  return {
    id,
    historyId: longString(Math.max(...members.map((index) => mailbox.historyIdOf(index)))),
    messages,
  };
}
