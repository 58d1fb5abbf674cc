import type { LabelId, MessageId, ThreadId } from "#lib/domain/mail.ts";
import { malformedAnswer } from "./gmail-error.ts";
import { requireJson, type WireAnswer } from "./judge-answer.ts";
import { digitsOf, nonEmpty, objectOf, objectsOf, stringsOf } from "./read-json.ts";

export interface HistoryPage {
  /** Oldest first. */
  readonly records: readonly HistoryRecord[];
  readonly nextPageToken: string | null;
  /** Where the mailbox stands now: the next start, once the last page is worked in. */
  readonly historyId: string;
}

/** One step of a mailbox. Records repeat messages, and name some that are gone by now. */
export interface HistoryRecord {
  readonly id: string;
  /** `labelIds` of the message as Gmail knew them when it answered. */
  readonly added: readonly HistoryMessage[];
  readonly deleted: readonly Omit<HistoryMessage, "labelIds">[];
  /** `labelIds` are those that were put on or taken off. */
  readonly labelsAdded: readonly HistoryMessage[];
  readonly labelsRemoved: readonly HistoryMessage[];
}

export interface HistoryMessage {
  readonly id: MessageId;
  readonly threadId: ThreadId;
  readonly labelIds: readonly LabelId[];
}

/**
 * @throws GmailError `history-expired` when the start is older than what Gmail keeps (about a week, sometimes hours)
 * @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.history/list#response-body
 */
export function processHistory(answer: WireAnswer): HistoryPage {
  const json = requireJson(answer, "history-expired");
  const historyId = digitsOf(json.historyId);
  if (historyId === null) throw malformedAnswer(answer.method, "history without id", answer.status);
  return {
    records: objectsOf(json.history).map((record) => ({
      id: digitsOf(record.id) ?? "0",
      added: changesOf(record.messagesAdded, (_, message) => message.labelIds),
      deleted: changesOf(record.messagesDeleted, () => []).map(({ id, threadId }) => ({ id, threadId })),
      labelsAdded: changesOf(record.labelsAdded, (change) => change.labelIds),
      labelsRemoved: changesOf(record.labelsRemoved, (change) => change.labelIds),
    })),
    nextPageToken: nonEmpty(json.nextPageToken),
    historyId,
  };
}

type Json = Record<string, unknown>;

function changesOf(value: unknown, labelIdsOf: (change: Json, message: Json) => unknown): HistoryMessage[] {
  return objectsOf(value).flatMap((change) => {
    const message = objectOf(change.message) ?? {};
    const id = nonEmpty(message.id);
    if (id === null) return [];
    return {
      id: id as MessageId,
      threadId: (nonEmpty(message.threadId) ?? id) as ThreadId,
      labelIds: stringsOf(labelIdsOf(change, message)) as LabelId[],
    };
  });
}
