import { malformedAnswer } from "./gmail-error.ts";
import { countOf, digitsOf, requireJson, type WireAnswer } from "./read-answer.ts";

export interface MailboxWatch {
  /** Where the mailbox stands now; notifications tell of changes after it. */
  readonly historyId: string;
  /** When the notifications end. */
  readonly until: Date;
}

/**
 * @throws GmailError
 * @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users/watch#response-body
 */
export function processWatch(answer: WireAnswer): MailboxWatch {
  const json = requireJson(answer);
  const historyId = digitsOf(json.historyId);
  const expirationMs = countOf(json.expiration);
  if (historyId === null || expirationMs === 0) {
    throw malformedAnswer(answer.method, "incomplete watch", answer.status);
  }
  return { historyId, until: new Date(expirationMs) };
}
