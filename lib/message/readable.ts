/** One message, ready for the page that shows it. Pure: what Gmail keeps apart is handed in. */

import type { Card } from "../domain/card.ts";
import { labelIdOf } from "../domain/ids.ts";
import type { Message } from "../domain/mail.ts";
import { partName } from "../domain/paths.ts";
import type { Attachment, MailAddress, ReadableMessage } from "../domain/readable-message.ts";
import { readCards } from "./cards.ts";
import { type Loaded, readContent } from "./content.ts";
import { headerProblems } from "./header-problems.ts";
import { listUnsubscribe } from "./list-unsubscribe.ts";
import { parseAddresses } from "./mime/addresses.ts";
import { toAttachment, toAttachments } from "./mime/attachments.ts";
import { readAuthentication } from "./mime/authentication.ts";
import { headerDate, headerOffset, headerValue } from "./mime/headers.ts";
import { mailingListOf } from "./mime/mailing-list.ts";
import { plainAddress } from "./mime/named-address.ts";
import { domainOf } from "./mime/organization.ts";
import { selectParts } from "./mime/select-parts.ts";
import { summarize } from "./summary.ts";
import { textLimit } from "./text/body-text.ts";
import { senderWarnings } from "./trust/sender-warnings.ts";

export interface ReadOptions {
  /** Bytes of the parts that {@link bodyPartsToLoad} named, by part id. */
  readonly loaded?: Loaded;
}

/** Reads a message in full. Promises not to throw: what cannot be shown stands in `problems`. */
export function makeReadable(message: Message, options: ReadOptions = {}): ReadableMessage {
  const { headers } = message.payload;
  const loaded = options.loaded ?? new Map<string, Uint8Array>();
  const content = readContent(message.payload, loaded, { characters: textLimit });
  const summary = summarize(message);
  const addresses = (name: string) => parseAddresses(headerValue(headers, name) ?? "").map(plainAddress);
  const { from } = summary;
  const replyTo = addresses("reply-to");
  const list = mailingListOf(headers);
  // Google has received nothing there, whatever stands in it.
  const isOwn = summary.draft || message.labelIds.includes(labelIdOf("SENT"));
  const authentication = readAuthentication(isOwn ? [] : headers, domainOf(from?.address ?? ""));
  const authors = summary.authors ?? (from ? [from] : []);
  const senders = [...authors, ...addresses("sender"), ...replyTo];
  return {
    ...summary,
    cc: addresses("cc"),
    bcc: addresses("bcc"),
    replyTo,
    sentBy: otherThan(from, addresses("sender")[0]),
    date: headerDate(headers),
    dateOffsetMinutes: headerOffset(headers),
    authentication,
    list,
    warnings: isOwn ? [] : senderWarnings({ headers, from, replyTo, authentication, list }),
    ...content,
    cards: readCards(selectParts(message.payload).attachments, loaded, senders),
    unsubscribe: listUnsubscribe(headers),
    problems: [...headerProblems(message.payload), ...content.problems],
  };
}

/** The cards of a message, without the rest of it. */
export function cardsOf(message: Message, loaded: ReadonlyMap<string, Uint8Array>): Card[] {
  return readCards(selectParts(message.payload).attachments, loaded, []);
}

/** The headers and attachments of a message whose text is not read, which is said. */
export function readBeginning(message: Message): ReadableMessage {
  const { payload } = message;
  const { attachments } = selectParts(payload);
  const bare = { ...payload, mimeType: "text/plain", parts: [], body: { ...payload.body, data: "" } };
  return {
    ...makeReadable({ ...message, payload: bare }),
    attachments: toAttachments(attachments, new Set()),
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
