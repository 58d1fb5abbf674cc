import { messageIdOf, threadIdOf } from "../domain/ids.ts";
import type { MessageId, ThreadId } from "../domain/mail.ts";
import { GmailError, malformedAnswer } from "./gmail-error.ts";
import {
  countOf,
  nonEmpty,
  pageTokenOf,
  requireJson,
  requireObjects,
  type WireAnswer,
} from "./read-answer.ts";
import type { MessageQuery } from "./wire.ts";

/** The most ids that Gmail gives in one page. */
export const longestIdPage = 500;

/** A page of a list: newest first, ids only. */
export interface MessageIdPage {
  readonly ids: readonly { readonly id: MessageId; readonly threadId: ThreadId }[];
  /** Opaque; null on the last page. */
  readonly nextPageToken: string | null;
  /** A guess of Google's, not a count. */
  readonly resultSizeEstimate: number;
}

type Asked = Pick<Partial<MessageQuery>, "query" | "pageToken">;

/** A list that is refused without a word about label or mailbox is refused for its page token or, without one, its search. */
function requireList(answer: WireAnswer, { query, pageToken }: Asked): Record<string, unknown> {
  try {
    return requireJson(answer);
  } catch (error) {
    if (!(error instanceof GmailError) || error.status !== 400 || error.code !== "bad-request") throw error;
    if (!query || pageToken) throw error;
    const { status, reason } = error;
    throw new GmailError("bad-query", error.message, { status, reason });
  }
}

/**
 * Strict: the copy takes what is not in a list for deleted. A message that is named twice is given once.
 * @throws GmailError
 * @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/list#response-body
 */
export function processMessageIds(answer: WireAnswer, asked: Asked = {}): MessageIdPage {
  const json = requireList(answer, asked);
  // Google leaves `messages` out when the page is empty.
  const messages = json.messages === undefined ? [] : requireObjects(json.messages);
  const nextPageToken = pageTokenOf(json.nextPageToken);
  if (messages === null || nextPageToken === undefined)
    throw malformedAnswer(answer.method, "no list of messages", answer.status);
  const ids = messages.map((message) => {
    const id = nonEmpty(message.id);
    if (id === null) throw malformedAnswer(answer.method, "message without id", answer.status);
    return { id: messageIdOf(id), threadId: threadIdOf(nonEmpty(message.threadId) ?? id) };
  });
  return {
    ids: [...new Map(ids.map((one) => [one.id, one])).values()],
    nextPageToken,
    resultSizeEstimate: countOf(json.resultSizeEstimate),
  };
}
