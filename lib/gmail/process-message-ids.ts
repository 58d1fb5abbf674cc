import type { MessageId, ThreadId } from "#lib/domain/mail.ts";
import { malformedAnswer } from "./gmail-error.ts";
import { requireJson, type WireAnswer } from "./judge-answer.ts";
import { countOf, nonEmpty, objectOf } from "./read-json.ts";

/** A page of a list: newest first, ids only. */
export interface MessageIdPage {
  readonly ids: readonly { readonly id: MessageId; readonly threadId: ThreadId }[];
  /** Opaque; null on the last page. */
  readonly nextPageToken: string | null;
  /** A guess of Google's, not a count. */
  readonly resultSizeEstimate: number;
}

/**
 * Strict about the ids: the mirror takes what is not in a list for deleted.
 * @throws GmailError
 * @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/list#response-body
 */
export function processMessageIds(answer: WireAnswer): MessageIdPage {
  const json = requireJson(answer);
  // Google leaves `messages` out when the page is empty.
  const messages = json.messages ?? [];
  if (!Array.isArray(messages)) throw malformedAnswer(answer.method, "no list of messages", answer.status);
  return {
    ids: messages.map((item) => {
      const message = objectOf(item) ?? {};
      const id = nonEmpty(message.id);
      if (id === null) throw malformedAnswer(answer.method, "message without id", answer.status);
      return { id: id as MessageId, threadId: (nonEmpty(message.threadId) ?? id) as ThreadId };
    }),
    nextPageToken: nonEmpty(json.nextPageToken),
    resultSizeEstimate: countOf(json.resultSizeEstimate),
  };
}
