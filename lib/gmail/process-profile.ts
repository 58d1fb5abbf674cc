import { malformedAnswer } from "./gmail-error.ts";
import { countOf, digitsOf, nonEmpty, requireJson, type WireAnswer } from "./read-answer.ts";

export interface MailboxProfile {
  readonly emailAddress: string;
  readonly messagesTotal: number;
  /** Where the mailbox stands now; `listHistory` goes on from here. */
  readonly historyId: string;
}

/**
 * @throws GmailError
 * @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users/getProfile#response-body
 */
export function processProfile(answer: WireAnswer): MailboxProfile {
  const json = requireJson(answer);
  const emailAddress = nonEmpty(json.emailAddress);
  const historyId = digitsOf(json.historyId);
  // A mailbox without a message says 0; one that says nothing has not been counted.
  if (emailAddress === null || historyId === null || digitsOf(json.messagesTotal) === null) {
    throw malformedAnswer(answer.method, "incomplete profile", answer.status);
  }
  return {
    emailAddress,
    messagesTotal: countOf(json.messagesTotal),
    historyId,
  };
}
