import { labelIdOf, messageIdOf, threadIdOf } from "../domain/ids.ts";
import type { LabelId, MessageId, ThreadId } from "../domain/mail.ts";
import { malformedAnswer } from "./gmail-error.ts";
import {
  absentOrStrings,
  digitsOf,
  nonEmpty,
  objectOf,
  pageTokenOf,
  requireJson,
  requireObjects,
  type WireAnswer,
} from "./read-answer.ts";

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
 * Strict: a change that is passed over here is never told again.
 * @throws GmailError `history-expired` when the start is older than what Gmail keeps (about a week, sometimes hours)
 * @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.history/list#response-body
 */
export function processHistory(answer: WireAnswer): HistoryPage {
  const json = requireJson(answer, "history-expired");
  const historyId = digitsOf(json.historyId);
  const records = json.history === undefined ? [] : requireObjects(json.history);
  const nextPageToken = pageTokenOf(json.nextPageToken);
  if (historyId === null || records === null || nextPageToken === undefined)
    throw malformedAnswer(answer.method, "no history", answer.status);
  const changesOf = (value: unknown, labelIdsOf: (change: Json, message: Json) => unknown) => {
    const changes = changesIn(value, labelIdsOf);
    if (changes === null) throw malformedAnswer(answer.method, "unreadable change", answer.status);
    return changes;
  };
  return {
    records: records.map((record) => ({
      id: digitsOf(record.id) ?? "0",
      added: changesOf(record.messagesAdded, (_, message) => message.labelIds),
      deleted: changesOf(record.messagesDeleted, () => []).map(({ id, threadId }) => ({ id, threadId })),
      labelsAdded: changesOf(record.labelsAdded, (change) => change.labelIds),
      labelsRemoved: changesOf(record.labelsRemoved, (change) => change.labelIds),
    })),
    nextPageToken,
    historyId,
  };
}

type Json = Record<string, unknown>;

/** Null when one of them cannot be read. */
function changesIn(
  value: unknown,
  labelIdsOf: (change: Json, message: Json) => unknown,
): HistoryMessage[] | null {
  if (value === undefined) return [];
  const changes = requireObjects(value)?.map((change) => {
    const message = objectOf(change.message) ?? {};
    const id = nonEmpty(message.id);
    const labelIds = absentOrStrings(labelIdsOf(change, message));
    if (id === null || labelIds === null) return null;
    return {
      id: messageIdOf(id),
      threadId: threadIdOf(nonEmpty(message.threadId) ?? id),
      labelIds: labelIds.map(labelIdOf),
    };
  });
  return changes?.every((change) => change !== null) ? changes : null;
}
