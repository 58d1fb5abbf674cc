/** What a message holds: its text, what is attached, what it reports, and the messages within it. */

import type { Message, MessagePart } from "../domain/mail.ts";
import type { EnclosedMessage, MessageContent, Problem } from "../domain/readable-message.ts";
import type { Report } from "../domain/report.ts";
import { readBody, type TextRoom } from "./body.ts";
import { cardParts, largestCardBytes } from "./cards.ts";
import { isContainer } from "./containers/open-containers.ts";
import { headerProblems } from "./header-problems.ts";
import { parseAddresses } from "./mime/addresses.ts";
import { toAttachments } from "./mime/attachments.ts";
import { conversationOf } from "./mime/conversation.ts";
import { headerDate, headerText, headerValue } from "./mime/headers.ts";
import { plainAddress } from "./mime/named-address.ts";
import type { DescribedPart } from "./mime/part.ts";
import { readReport } from "./mime/report.ts";
import { type SelectedParts, selectParts } from "./mime/select-parts.ts";
import { partText } from "./text/body-text.ts";

export type Loaded = ReadonlyMap<string, Uint8Array>;

/** Messages within messages are shown so deep, and so many in all; the others stay files. */
const depthLimit = 5;
const countLimit = 50;

export interface PartToLoad {
  readonly partId: string;
  readonly attachmentId: string;
  readonly sizeBytes: number;
}

/** Texts and cards that Gmail keeps as attachments: to be fetched before the message is read. Empty for most messages. */
export function bodyPartsToLoad(message: Message): PartToLoad[] {
  const { payload } = message;
  const parts = [...textParts(payload, 0), ...cardPartsToLoad(payload), ...containers(payload, 0)];
  return [...new Map(parts.map((part) => [part.partId, part])).values()].flatMap(({ partId, body }) =>
    body.data === null && body.attachmentId !== null
      ? [{ partId, attachmentId: body.attachmentId, sizeBytes: body.sizeBytes }]
      : [],
  );
}

function textParts(payload: MessagePart, depth: number): MessagePart[] {
  const { rich, plain, reports, enclosed } = selectParts(payload);
  const within = depth === depthLimit ? [] : enclosed.slice(0, countLimit);
  return [
    ...[...rich, ...plain, ...reports].map(({ part }) => part),
    ...within.flatMap(({ part }) => part.parts.flatMap((child) => textParts(child, depth + 1))),
  ];
}

function cardPartsToLoad(payload: MessagePart): MessagePart[] {
  const { attachments } = selectParts(payload);
  return cardParts(attachments)
    .map(({ part }) => part)
    .filter(({ body }) => body.sizeBytes <= largestCardBytes);
}

/** No mail program nests so deep: see `selectParts`. */
const treeLimit = 100;

function containers(part: MessagePart, depth: number): MessagePart[] {
  if (depth > treeLimit) return [];
  return isContainer(part) ? [part] : part.parts.flatMap((child) => containers(child, depth + 1));
}

/** What is left to be shown, of messages within the outermost one. */
interface Room extends TextRoom {
  messages: number;
}

/** Reads all of a message but its headers. Promises not to throw. */
export function readContent(payload: MessagePart, loaded: Loaded, room: TextRoom): MessageContent {
  return contentOf(payload, loaded, Object.assign(room, { messages: countLimit }), 0);
}

function contentOf(payload: MessagePart, loaded: Loaded, room: Room, depth: number): MessageContent {
  const selected = selectParts(payload);
  const { report, unread } = reportOf(selected.reports, loaded);
  // What is not understood as a report is read as a text.
  const parts = { ...selected, rich: [...selected.rich, ...unread], plain: [...selected.plain, ...unread] };
  const hasMore = report !== null || parts.enclosed.length > 0;
  const conversation = conversationOf(payload.headers);
  // What a message within a message quotes is not known to whoever got only that.
  const known = depth === 0 ? conversation : { ...conversation, isAnswer: false };
  const read = readBody(parts, loaded, known, room);
  const problems = [...parts.problems, ...read.problems];
  return {
    body: read.body,
    attachments: toAttachments(parts.attachments, read.contentIds),
    remoteContent: read.remoteContent,
    links: read.links,
    report,
    enclosed: enclosedIn(parts, loaded, room, depth),
    problems: hasMore ? problems.filter(({ code }) => code !== "no-body") : problems,
  };
}

function reportOf(
  parts: readonly DescribedPart[],
  loaded: Loaded,
): { report: Report | null; unread: DescribedPart[] } {
  let report: Report | null = null;
  const unread: DescribedPart[] = [];
  for (const part of parts) {
    const read: Report | null =
      report === null ? readReport(part.mimeType, partText(part, loaded, reportBytes).text) : null;
    report ??= read;
    if (read === null) unread.push(part);
  }
  return { report, unread };
}

/** Longer reports are not read beyond this. */
const reportBytes = 100_000;

function enclosedIn(
  { enclosed }: SelectedParts,
  loaded: Loaded,
  room: Room,
  depth: number,
): EnclosedMessage[] {
  const messages: EnclosedMessage[] = [];
  for (const { part } of depth === depthLimit ? [] : enclosed) {
    const [payload] = part.parts;
    if (payload === undefined || room.messages === 0) continue;
    room.messages -= 1;
    messages.push(enclosedMessage(part.partId, payload, contentOf(payload, loaded, room, depth + 1)));
  }
  return messages;
}

function enclosedMessage(partId: string, payload: MessagePart, content: MessageContent): EnclosedMessage {
  const { headers } = payload;
  const addresses = (name: string) => parseAddresses(headerValue(headers, name) ?? "").map(plainAddress);
  const authors = addresses("from");
  const isHeadAlone = payload.parts.length === 0 && payload.body.sizeBytes === 0;
  const isWorthSaying = ({ code }: Problem) => !(isHeadAlone && code === "no-body");
  return {
    ...content,
    partId,
    from: authors.find(({ address }) => address !== "") ?? authors[0] ?? null,
    to: addresses("to"),
    cc: addresses("cc"),
    subject: headerText(headers, "subject"),
    date: headerDate(headers),
    problems: [...headerProblems(payload), ...content.problems].filter(isWorthSaying),
  };
}
