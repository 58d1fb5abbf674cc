import { CalendarPlus, ExternalLink } from "lucide-react";
import type { CalendarCard, CalendarEvent } from "#lib/domain/card.ts";
import { attachmentPath } from "#lib/domain/paths.ts";
import { faultWords } from "#lib/i18n/event-words.ts";
import { googleDay } from "#lib/i18n/google-day.ts";
import { recurrenceWords } from "#lib/i18n/recurrence-words.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { Row } from "./card-row.tsx";
import { EventHead } from "./event-head.tsx";
import { EventPlace } from "./event-place.tsx";
import { Guests, isOwn } from "./guests.tsx";
import { HourStrip } from "./hour-strip.tsx";
import { InvitationNews } from "./invitation-news.tsx";
import { OtherEvents } from "./other-events.tsx";

interface Props {
  readonly card: CalendarCard;
  readonly accountId: string;
  readonly messageId: string;
  readonly ownAddress: string;
  readonly zone: string;
  /** Whether the message says nothing besides. */
  readonly isAlone: boolean;
}

/** An event that a message asks to, changes, takes back or answers. */
export function Invitation({ card, accountId, messageId, ownAddress, zone, isAlone }: Props) {
  const t = useWords();
  const [event] = card.events;
  if (event === undefined) return null;
  const now = new Date();
  const isAsked = asks(card, event, ownAddress);
  const faults = [...event.faults, ...card.faults];
  return (
    <section
      aria-label={t("invitation.section")}
      className="mb-5 overflow-hidden rounded-[10px] border border-line-strong bg-surface text-sm"
    >
      <InvitationNews {...{ card, event, now, zone }} />
      <EventHead {...{ event, now, zone, isCancelled: isCancelled(card, event) }} />
      {!isCancelled(card, event) && <HourStrip {...{ event, zone }} />}
      <dl>
        <EventPlace event={event} />
        <Repeats {...{ event, now, zone }} />
        {event.guests.length > 0 && !isAnswer(card) && (
          <Row term={t("invitation.who")}>
            <Guests {...{ event, ownAddress }} />
          </Row>
        )}
        {event.description && <About text={event.description} isOpen={isAlone} />}
      </dl>
      <OtherEvents {...{ card, now, zone }} />
      {faults.length > 0 && (
        <ul className="grid gap-1 border-t border-line px-3.5 py-2.5 text-xs text-warn md:px-5">
          {faults.map((fault) => (
            <li key={fault.code}>{faultWords(t, fault)}</li>
          ))}
        </ul>
      )}
      <footer className="flex flex-wrap items-center gap-2 border-t border-line bg-paper px-3.5 py-3 text-xs text-ink-3 md:px-5">
        {event.start && (
          <a
            href={googleDay(event.start, zone, ownAddress)}
            target="_blank"
            rel="noopener noreferrer"
            className={`inline-flex h-8 items-center gap-2 rounded px-3 text-sm ${isAsked ? loud : quiet}`}
          >
            {t(isAsked ? "invitation.answerInGoogle" : "invitation.openInGoogle")}
            <ExternalLink size={14} strokeWidth={1.5} aria-hidden />
          </a>
        )}
        <a
          href={attachmentPath(accountId, messageId, card.source.partId)}
          download={card.source.filename}
          className={`inline-flex h-8 items-center gap-2 rounded px-3 text-sm ${quiet}`}
        >
          <CalendarPlus size={14} strokeWidth={1.5} aria-hidden />
          {t("invitation.download")}
        </a>
        {isAsked && <p className="max-md:w-full md:ml-auto">{t("invitation.onlyReads")}</p>}
      </footer>
    </section>
  );
}

const loud = "bg-ink font-medium text-paper hover:opacity-90";
const quiet = "border border-line-strong bg-surface text-ink hover:bg-hover";

/** It is about one person, who is named above. */
const isAnswer = ({ method }: CalendarCard): boolean =>
  method === "reply" || method === "counter" || method === "refresh";

const isCancelled = ({ method }: CalendarCard, event: CalendarEvent): boolean =>
  method === "cancel" || event.isCancelled;

/** Whether the reader is asked to come. */
const asks = (card: CalendarCard, event: CalendarEvent, ownAddress: string): boolean =>
  card.method === "request" &&
  !event.isCancelled &&
  event.guests.some(({ person }) => isOwn(person, ownAddress));

function Repeats({
  event,
  now,
  zone,
}: {
  readonly event: CalendarEvent;
  readonly now: Date;
  readonly zone: string;
}) {
  const t = useWords();
  const [rule, ...limits] = recurrenceWords(t, event, now, zone);
  const part =
    event.ofSeries && t(event.ofSeries.andLater ? "invitation.ofSeriesLater" : "invitation.ofSeries");
  if (!rule && !part) return null;
  return (
    <Row term={t("invitation.repeats")}>
      {rule}
      {[...limits, part].filter(Boolean).map((phrase, index) => (
        <span key={phrase} className={rule || index > 0 ? "text-ink-3" : ""}>
          {(rule || index > 0) && " · "}
          {phrase}
        </span>
      ))}
    </Row>
  );
}

function About({ text, isOpen }: { readonly text: string; readonly isOpen: boolean }) {
  const t = useWords();
  return (
    <Row term={t("invitation.about")}>
      <details open={isOpen}>
        <summary className="truncate text-ink-2 marker:text-ink-3">{text.split("\n", 1)[0]}</summary>
        <p className="mt-1 break-words whitespace-pre-wrap">{text}</p>
      </details>
    </Row>
  );
}
