/** The files of a message that are shown as cards: invitations and contacts. */

import type { CalendarCard, CalendarEvent, Card, EventSpan, UnreadableCard } from "../domain/card.ts";
import type { MailAddress } from "../domain/readable-message.ts";
import { readCalendar } from "./calendar/calendar-card.ts";
import { readContacts } from "./contact/contacts-card.ts";
import { toAttachment } from "./mime/attachments.ts";
import type { DescribedPart } from "./mime/part.ts";
import { decodeTransfer } from "./mime/transfer.ts";

/** An invitation has a few kilobytes; a whole address book with its pictures is not a card. */
export const largestCardBytes = 2_000_000;

const mostCards = 5;

type Format = UnreadableCard["format"];

/** What a file is by its type; what is only called "application/octet-stream" by its name. */
function formatOf({ mimeType, name }: DescribedPart): Format | null {
  if (/^(?:text|application)\/(?:x-)?(?:calendar|vcalendar|ics|ical)$/u.test(mimeType)) return "calendar";
  if (/^(?:text|application)\/(?:x-)?vcard$/u.test(mimeType) || mimeType === "text/directory")
    return "contact";
  if (/\.(?:ics|vcs|ical)$/iu.test(name)) return "calendar";
  return /\.(?:vcf|vcard)$/iu.test(name) ? "contact" : null;
}

const isApart = ({ part }: DescribedPart): boolean =>
  part.body.data === null && part.body.attachmentId !== null;

/**
 * The parts that cards are read from, in their order: none that says what another one says. Calendars send their invitation
 * twice, as a part and as a file; the file, which Gmail keeps apart, is left out where it has the size of the part.
 */
export function cardParts(attachments: readonly DescribedPart[]): DescribedPart[] {
  const candidates = attachments.filter((part) => formatOf(part) !== null);
  const sizes = new Set(candidates.filter((part) => !isApart(part)).map(({ part }) => part.body.sizeBytes));
  const distinct = candidates.filter((part) => !isApart(part) || !sizes.has(part.part.body.sizeBytes));
  return distinct.slice(0, mostCards);
}

/** @param loaded bytes of the parts that Gmail keeps apart, by part id */
export function readCards(
  attachments: readonly DescribedPart[],
  loaded: ReadonlyMap<string, Uint8Array>,
  senders: readonly MailAddress[],
): Card[] {
  const cards: Card[] = [];
  const seen = new Set<string>();
  for (const part of cardParts(attachments)) {
    const card = withSender(readCard(part, loaded), senders);
    const identity = card.kind === "calendar" ? identityOf(card) : JSON.stringify({ ...card, source: null });
    if (!seen.has(identity)) cards.push(card);
    seen.add(identity);
  }
  return cards;
}

function readCard(described: DescribedPart, loaded: ReadonlyMap<string, Uint8Array>): Card {
  const { part, parameters } = described;
  const format = formatOf(described) ?? "calendar";
  const { partId, filename } = toAttachment(described, new Set());
  const source = { partId, filename };
  const bytes = isApart(described) ? loaded.get(partId) : decodeTransfer(part.body.data ?? "").bytes;
  const isTooLarge = Math.max(part.body.sizeBytes, bytes?.length ?? 0) > largestCardBytes;
  if (bytes === undefined || isTooLarge) {
    return { kind: "unreadable", format, source, reason: isTooLarge ? "too-large" : "not-loaded" };
  }
  const charset = parameters.charset ?? null;
  return format === "calendar"
    ? readCalendar(bytes, source, charset, parameters.method ?? null)
    : readContacts(bytes, source, charset);
}

/** Two files that say the same of the same events are one card, however they are written. */
const identityOf = ({ events }: CalendarCard): string =>
  JSON.stringify(
    events.map(({ uid, sequence, start, end, ofSeries, title }) => [
      uid,
      sequence,
      start,
      end,
      ofSeries,
      title,
    ]),
  );

/**
 * The same cards with the times that they replace, where an earlier invitation to the same event says others.
 * @param earlier cards of older messages, the newest first
 */
export function withEarlierTimes(cards: readonly Card[], earlier: readonly Card[]): Card[] {
  const known = earlier.flatMap((card) => (card.kind === "calendar" ? card.events : []));
  return cards.map((card) => {
    if (card.kind !== "calendar" || !replacesTimes(card)) return card;
    const events = card.events.map((event) => {
      const before = known.find((other) => isSameEvent(event, other));
      const isMoved = before?.start && JSON.stringify(spanOf(before)) !== JSON.stringify(spanOf(event));
      return isMoved ? { ...event, was: spanOf(before) } : event;
    });
    return { ...card, events };
  });
}

/** Whether a card may say another time than an earlier one. */
export const replacesTimes = (card: Card): boolean =>
  card.kind === "calendar" && (card.method === "request" || card.method === "counter");

const spanOf = ({ start, end }: EventSpan): EventSpan => ({ start, end });

const isSameEvent = (event: CalendarEvent, other: CalendarEvent): boolean =>
  event.uid !== null &&
  event.uid === other.uid &&
  JSON.stringify(event.ofSeries?.was ?? null) === JSON.stringify(other.ofSeries?.was ?? null);

/** Whoever answers or takes back in somebody else's name is named. */
function withSender(card: Card, senders: readonly MailAddress[]): Card {
  if (card.kind !== "calendar" || senders[0] === undefined) return card;
  const [event] = card.events;
  const isAnswer = card.method === "reply" || card.method === "counter" || card.method === "refresh";
  const speaker = isAnswer ? event?.guests[0]?.person : event?.organizer;
  const isSpoken = card.method !== null && card.method !== "publish" && speaker && speaker.address !== "";
  const same = (address: string) => address.toLowerCase() === speaker?.address.toLowerCase();
  if (!isSpoken || senders.some(({ address }) => same(address))) return card;
  const fault = { code: "other-sender", named: speaker.address, sender: senders[0].address } as const;
  return { ...card, faults: [...card.faults, fault] };
}
