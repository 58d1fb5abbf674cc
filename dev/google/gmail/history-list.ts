import type { Change } from "../mailbox/history.ts";
import type { Mailbox } from "../mailbox/mailbox.ts";
import { type GmailContext, longString, pageSize } from "./context.ts";
import { invalidArgument, notFound } from "./errors.ts";
import { pageToken, positionOf } from "./page-token.ts";

const fields: Record<Change["kind"], string> = {
  messageAdded: "messagesAdded",
  messageDeleted: "messagesDeleted",
  labelAdded: "labelsAdded",
  labelRemoved: "labelsRemoved",
};

/**
 * `users.history.list`: changes after `startHistoryId`, oldest first, in pages of records. `history` is absent when
 * nothing happened. A record may repeat a message and may name one that no longer exists.
 * @see https://developers.google.com/gmail/api/reference/rest/v1/users.history/list
 */
export function listHistory({ google, mailbox, query }: GmailContext): unknown {
  const start = query.get("startHistoryId") ?? "";
  if (!/^\d+$/.test(start)) throw invalidArgument("Missing or invalid startHistoryId");
  const changes = mailbox.history.since(Number(start), google.clock.now());
  if (changes === null) throw notFound();
  const types = new Set(query.getAll("historyTypes"));
  const labelId = query.get("labelId");
  const wanted = changes.filter(
    ({ kind, labelIds }) =>
      (types.size === 0 || types.has(kind)) && (labelId === null || labelIds.includes(labelId)),
  );
  const list = JSON.stringify(["history", start, [...types].sort(), labelId]);
  const after = positionOf(google, list, query.get("pageToken"))?.index ?? 0;
  const grouped = [
    ...Map.groupBy(
      wanted.filter(({ historyId }) => historyId > after),
      ({ historyId }) => historyId,
    ),
  ];
  const page = grouped.slice(0, pageSize(query));
  const last = page.at(-1)?.[0] ?? 0;
  return {
    ...(page.length > 0 ? { history: page.map(([id, of]) => recordOf(mailbox, id, of)) } : {}),
    ...(grouped.length > page.length
      ? { nextPageToken: pageToken(google, list, { dateMs: 0, index: last }) }
      : {}),
    historyId: longString(mailbox.history.current),
  };
}

function recordOf(mailbox: Mailbox, historyId: number, changes: Change[]): Record<string, unknown> {
  const record: Record<string, unknown> = {
    id: longString(historyId),
    messages: changes.map(({ messageId, threadId }) => ({ id: messageId, threadId })),
  };
  for (const [kind, of] of Map.groupBy(changes, (change) => change.kind)) {
    record[fields[kind]] = of.map((change) => {
      const message = messageOf(mailbox, change);
      return kind.startsWith("message") ? { message } : { message, labelIds: change.labelIds };
    });
  }
  return record;
}

/** The message with its labels as they are now; as they were, when it is gone. */
function messageOf(mailbox: Mailbox, { messageId, threadId, labelIds, kind }: Change): unknown {
  const index = mailbox.indexOf(messageId);
  const worn = index === null ? (kind.startsWith("message") ? labelIds : []) : mailbox.labelIdsOf(index);
  return { id: messageId, threadId, ...(worn.length > 0 ? { labelIds: worn } : {}) };
}
