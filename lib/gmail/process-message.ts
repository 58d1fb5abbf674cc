import { labelIdOf, messageIdOf, threadIdOf } from "../domain/ids.ts";
import type { Header, Message, MessagePart } from "../domain/mail.ts";
import { malformedAnswer } from "./gmail-error.ts";
import {
  absentOrStrings,
  countOf,
  digitsOf,
  nonEmpty,
  objectOf,
  objectsOf,
  requireJson,
  textOf,
  type WireAnswer,
} from "./read-answer.ts";

/** The last moment a Date can hold, in milliseconds. */
const lastDateMs = 8.64e15;

/**
 * A message with whatever of it came: its id, its payload and readable labels are indispensable, since what is taken for a
 * message once is kept. Missing texts are empty; a missing or absurd internal date is 0, the beginning of 1970.
 * @throws GmailError
 * @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages#Message
 */
export function processMessage(answer: WireAnswer): Message {
  const json = requireJson(answer);
  const id = nonEmpty(json.id);
  const payload = objectOf(json.payload);
  const labelIds = absentOrStrings(json.labelIds);
  if (id === null || payload === null || labelIds === null)
    throw malformedAnswer(answer.method, "not a message", answer.status);
  const internalDateMs = countOf(json.internalDate);
  return {
    id: messageIdOf(id),
    threadId: threadIdOf(nonEmpty(json.threadId) ?? id),
    labelIds: labelIds.map(labelIdOf),
    snippet: textOf(json.snippet),
    internalDateMs: internalDateMs <= lastDateMs ? internalDateMs : 0,
    historyId: digitsOf(json.historyId) ?? "0",
    sizeBytes: countOf(json.sizeEstimate),
    payload: partOf(payload),
  };
}

function partOf(json: Record<string, unknown>): MessagePart {
  const body = objectOf(json.body) ?? {};
  return {
    partId: textOf(json.partId),
    mimeType: textOf(json.mimeType),
    filename: textOf(json.filename),
    headers: objectsOf(json.headers).flatMap(headerOf),
    body: {
      sizeBytes: countOf(body.size),
      data: typeof body.data === "string" ? body.data : null,
      attachmentId: nonEmpty(body.attachmentId),
    },
    parts: objectsOf(json.parts).map(partOf),
  };
}

function headerOf(json: Record<string, unknown>): Header[] {
  const name = nonEmpty(json.name);
  return name === null ? [] : [{ name, value: textOf(json.value) }];
}

/**
 * The bytes of an attachment. @throws GmailError
 * @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages.attachments
 */
export function processAttachment(answer: WireAnswer): Buffer {
  const { data, size } = requireJson(answer);
  // An empty attachment has a size of 0 and no data.
  if (data === undefined && size === 0) return Buffer.alloc(0);
  if (typeof data !== "string") throw malformedAnswer(answer.method, "answer without data", answer.status);
  return Buffer.from(data, "base64url");
}
