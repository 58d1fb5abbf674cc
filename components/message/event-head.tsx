import type { CalendarEvent } from "#lib/domain/card.ts";
import { zoneOffsetMs } from "#lib/domain/zone-offset.ts";
import { distanceWords, spanWords, zoneOf } from "#lib/i18n/event-words.ts";
import { formatDate } from "#lib/i18n/formats.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { cityOf, zoneWords } from "#lib/i18n/zone-words.ts";
import { firstName } from "./hour-strip.tsx";

interface Props {
  readonly event: CalendarEvent;
  readonly now: Date;
  readonly zone: string;
  readonly isCancelled: boolean;
}

/** What it is and when: on the reader's clock, and on that of where it was planned. */
export function EventHead({ event, now, zone, isCancelled }: Props) {
  const t = useWords();
  const { start, title, organizer } = event;
  const mine = spanWords(t, event, now, zone);
  const at = start && new Date(start.ms);
  const isElsewhere =
    start?.kind === "moment" &&
    event.zone !== null &&
    zoneOffsetMs(event.zone, start.ms) !== zoneOffsetMs(zone, start.ms);
  const there = isElsewhere && event.zone && at ? { zone: event.zone, at } : null;
  const theirs = there && spanWords(t, event, now, there.zone);
  const isSameDay = start !== null && at !== null && there !== null && isOnSameDay(at, zone, there.zone);
  const distance = isCancelled ? "" : distanceWords(t, event, now, zone);
  return (
    <div className="grid grid-cols-[56px_minmax(0,1fr)] items-start gap-x-3.5 p-3.5 md:grid-cols-[64px_minmax(0,1fr)_auto] md:gap-x-5 md:px-5 md:pt-5 md:pb-[18px]">
      {start && at ? (
        <DateTile at={at} now={now} zone={zoneOf(start, zone)} isCancelled={isCancelled} />
      ) : (
        <span />
      )}
      <div className="min-w-0">
        <h2
          className={`text-[17px] leading-6 font-semibold tracking-[-0.008em] break-words ${isCancelled ? "text-ink-3 line-through" : ""}`}
        >
          {title ?? t("invitation.noTitle")}
        </h2>
        <p className={`md:text-base ${isCancelled ? "text-ink-3 line-through" : "text-ink-2"}`}>
          <span className="sr-only">{mine.whole}</span>
          <span aria-hidden>{mine.short}</span>{" "}
          {start?.kind === "moment" && at && (
            <span className="text-ink-3">{t("invitation.yourTime", { zone: zoneWords(t, zone, at) })}</span>
          )}
          {start?.kind === "floating" && !isOfUnknownZone(event) && (
            <span className="text-ink-3">{t("invitation.floating")}</span>
          )}
        </p>
        {theirs && there && (
          <p className={`md:text-base ${isCancelled ? "text-ink-3 line-through" : "text-ink-2"}`}>
            {isSameDay ? theirs.short : theirs.whole}{" "}
            <span className="text-ink-3">
              {t(organizer ? "invitation.theirTime" : "invitation.placeTime", {
                name: organizer ? firstName(organizer) : "",
                city: cityOf(t, there.zone, there.at),
                zone: zoneWords(t, there.zone, there.at),
              })}
            </span>
          </p>
        )}
        {distance && <p className="text-xs text-ink-3 md:hidden">{distance}</p>}
      </div>
      {distance && <p className="text-xs leading-6 whitespace-nowrap text-ink-3 max-md:hidden">{distance}</p>}
    </div>
  );
}

/** Its time is shown as it is written: what that means here nobody knows. */
const isOfUnknownZone = ({ faults }: CalendarEvent): boolean =>
  faults.some(({ code }) => code === "zone-unknown");

const isOnSameDay = (at: Date, one: string, other: string): boolean =>
  formatDate("en", one, "calendar", at) === formatDate("en", other, "calendar", at);

/** A leaf of a calendar. The text beside it says the same to those who do not see it. */
function DateTile({
  at,
  now,
  zone,
  isCancelled,
}: {
  readonly at: Date;
  readonly now: Date;
  readonly zone: string;
  readonly isCancelled: boolean;
}) {
  const t = useWords();
  const year = (date: Date) => formatDate("en", zone, "calendar", date).slice(-4);
  const isOtherYear = year(at) !== year(now);
  return (
    <div
      aria-hidden
      className={`rounded-lg border border-line bg-paper pt-1.5 pb-[7px] text-center text-xs text-ink-3 ${isCancelled ? "opacity-60" : ""}`}
    >
      <span className="block">
        {formatDate(t.language, zone, isOtherYear ? "monthAndYear" : "shortMonth", at)}
      </span>
      <b className="block text-[24px] leading-7 font-semibold tracking-tight text-ink">
        {formatDate(t.language, zone, "dayNumber", at)}
      </b>
      <span className="block">{formatDate(t.language, zone, "weekday", at)}</span>
    </div>
  );
}
