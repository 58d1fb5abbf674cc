/** One message, ready for the page that shows it. Pure: what Gmail keeps apart is handed in. */

import type { Message } from "../domain/mail.ts";
import { partName } from "../domain/paths.ts";
import type { Attachment, MailAddress, Problem, ReadableMessage } from "../domain/readable-message.ts";
import { readBody } from "./body.ts";
import { parseAddresses } from "./mime/addresses.ts";
import { toAttachment } from "./mime/attachments.ts";
import { readAuthentication } from "./mime/authentication.ts";
import { conversationOf } from "./mime/conversation.ts";
import { doubledHeaders, headerDate, headerValue, overlongHeaders } from "./mime/headers.ts";
import { plainAddress } from "./mime/named-address.ts";
import { selectParts } from "./mime/select-parts.ts";
import { summarize } from "./summary.ts";

export interface ReadOptions {
  /** Bytes of the parts that {@link bodyPartsToLoad} named, by part id. */
  readonly loaded?: ReadonlyMap<string, Uint8Array>;
}

export interface PartToLoad {
  readonly partId: string;
  readonly attachmentId: string;
  readonly sizeBytes: number;
}

/** Texts that Gmail keeps as attachments: to be fetched before the message is read. Empty for most messages. */
export function bodyPartsToLoad(message: Message): PartToLoad[] {
  const { rich, plain } = selectParts(message.payload);
  return [...new Map([...rich, ...plain].map(({ part }) => [part.partId, part])).values()].flatMap(
    ({ partId, body }) =>
      body.data === null && body.attachmentId !== null
        ? [{ partId, attachmentId: body.attachmentId, sizeBytes: body.sizeBytes }]
        : [],
  );
}

/** Reads a message in full. Promises not to throw: what cannot be shown stands in `problems`. */
export function makeReadable(message: Message, options: ReadOptions = {}): ReadableMessage {
  const { headers } = message.payload;
  const parts = selectParts(message.payload);
  const { body, problems, remoteContent, contentIds } = readBody(
    parts,
    options.loaded ?? new Map(),
    conversationOf(headers),
  );
  const summary = summarize(message);
  const addresses = (name: string) => parseAddresses(headerValue(headers, name) ?? "").map(plainAddress);
  return {
    ...summary,
    cc: addresses("cc"),
    replyTo: addresses("reply-to"),
    sentBy: otherThan(summary.from, addresses("sender")[0]),
    date: headerDate(headers),
    authentication: readAuthentication(headers),
    body,
    attachments: parts.attachments.map((part) => toAttachment(part, contentIds)),
    problems: [...headerProblems(message), ...parts.problems, ...problems],
    remoteContent,
  };
}

/** The headers and attachments of a message whose text is not read, which is said. */
export function readBeginning(message: Message): ReadableMessage {
  const { payload } = message;
  const { attachments } = selectParts(payload);
  const bare = { ...payload, mimeType: "text/plain", parts: [], body: { ...payload.body, data: "" } };
  return {
    ...makeReadable({ ...message, payload: bare }),
    attachments: attachments.map((part) => toAttachment(part, new Set())),
    problems: [{ code: "not-read" }],
  };
}

/** One attachment of a message, by the name of its part in addresses; null where it has no such one. Reads no text. */
export function attachmentOf(message: Message, name: string): Attachment | null {
  const described = selectParts(message.payload).attachments.find(
    ({ part }) => partName(part.partId) === name,
  );
  return described === undefined ? null : toAttachment(described, new Set());
}

function otherThan(from: MailAddress | null, sender: MailAddress | undefined): MailAddress | null {
  const isSame = from?.address.toLowerCase() === sender?.address.toLowerCase();
  return sender === undefined || isSame ? null : sender;
}

function headerProblems({ payload: { headers } }: Message): Problem[] {
  const problems: Problem[] = [];
  const doubled = doubledHeaders(headers);
  if (doubled.length > 0) problems.push({ code: "headers-doubled", names: doubled });
  const overlong = overlongHeaders(headers);
  if (overlong.length > 0) problems.push({ code: "headers-too-long", names: overlong });
  for (const { name, givenName, address } of parseAddresses(headerValue(headers, "from") ?? "").slice(0, 8)) {
    const isWithheld =
      name === null && givenName !== null && givenName.toLowerCase() !== address.toLowerCase();
    if (isWithheld) problems.push({ code: "misleading-name", claimed: givenName, address });
  }
  return problems;
}
