import type { CalendarEvent } from "#lib/domain/card.ts";
import type { MailAddress } from "#lib/domain/readable-message.ts";
import { zoneOffsetMs } from "#lib/domain/zone-offset.ts";
import { formatDate } from "#lib/i18n/formats.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import type { Words } from "#lib/i18n/words.ts";
import { cityOf } from "#lib/i18n/zone-words.ts";

interface Props {
  readonly event: CalendarEvent;
  readonly zone: string;
}

const hourMs = 3_600_000;

interface Span {
  readonly from: number;
  readonly until: number;
}

/** The same hours on two clocks, one above the other. Nothing where the clocks agree, or the event is longer than a day. */
export function HourStrip({ event: { start, end, was, zone: there, organizer }, zone: here }: Props) {
  const t = useWords();
  if (start?.kind !== "moment" || end === null || there === null || end.ms - start.ms > 18 * hourMs)
    return null;
  if (zoneOffsetMs(here, start.ms) === zoneOffsetMs(there, start.ms)) return null;
  const at = new Date(start.ms);
  const name = organizer ? firstName(organizer) : null;
  const [cityHere, cityThere] = [cityOf(t, here, at), cityOf(t, there, at)];
  const clocks = [
    {
      zone: here,
      name: t("invitation.you"),
      place: t("invitation.stripPlace", { name: t("invitation.you"), city: cityHere }),
    },
    {
      zone: there,
      name: name ?? cityThere,
      place: name === null ? cityThere : t("invitation.stripPlace", { name, city: cityThere }),
    },
  ] as const;
  const said = t("invitation.strip", {
    mine: spanIn(t, start.ms, end.ms, here),
    city: cityHere,
    theirs: spanIn(t, start.ms, end.ms, there),
    otherCity: cityThere,
  });
  const span = { from: start.ms, until: end.ms };
  const earlier = earlierSpan(was, span);
  const before =
    earlier && t("invitation.stripBefore", { before: spanIn(t, earlier.from, earlier.until, here) });
  return (
    <div
      className="border-t border-line px-3.5 py-2 text-xs md:px-5"
      role="img"
      aria-label={before ? `${said} ${before}` : said}
    >
      <div aria-hidden className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 md:gap-x-5">
        <div className="flex h-[88px] max-w-20 flex-col justify-between pt-[3px] pb-[2px] text-ink-2 md:max-w-40">
          {clocks.map(({ zone, name: short, place }) => (
            <span key={zone} className="block truncate">
              <span className="md:hidden">{short}</span>
              <span className="max-md:hidden">{place}</span>
            </span>
          ))}
        </div>
        <Strip t={t} span={span} before={earlier} zones={[here, there]} ticks={9} look="max-md:hidden" />
        <Strip t={t} span={span} before={earlier} zones={[here, there]} ticks={7} look="md:hidden" />
      </div>
    </div>
  );
}

/** How somebody is called among those who know them. */
export function firstName({ name, address }: MailAddress): string {
  const first = name?.split(" ")[0];
  return first || address.split("@")[0] || address;
}

const spanIn = (t: Words, from: number, until: number, zone: string): string =>
  t("invitation.span", {
    start: formatDate(t.language, zone, "clock", new Date(from)),
    end: formatDate(t.language, zone, "clock", new Date(until)),
  });

interface StripProps {
  readonly t: Words;
  readonly span: Span;
  /** When it was to be. */
  readonly before: Span | null;
  readonly zones: readonly [string, string];
  readonly ticks: number;
  readonly look: string;
}

function Strip({ t, span, before, zones, ticks, look }: StripProps) {
  const step = Math.max(1, Math.ceil((span.until - span.from) / hourMs / (ticks - 3))) * hourMs;
  const both = before
    ? { from: Math.min(span.from, before.from), until: Math.max(span.until, before.until) }
    : span;
  const isShown = before !== null && both.until - both.from <= (ticks - 2) * step;
  const { from, until } = isShown ? both : span;
  const first = wholeHour((from + until) / 2 - ((ticks - 1) * step) / 2, zones[0]);
  const at = (ms: number) => 4 + (92 * (ms - first)) / ((ticks - 1) * step);
  const hours = Array.from({ length: ticks }, (_, index) => first + index * step);
  const block = ({ from: left, until: right }: Span) => ({
    x: `${at(left)}%`,
    width: `${at(right) - at(left)}%`,
    y: 25,
    height: 38,
    rx: 3,
  });
  return (
    <svg aria-hidden="true" width="100%" height="88" className={`block ${look}`}>
      <line x1="4%" x2="96%" y1="44" y2="44" className="stroke-line-strong" />
      {isShown && (
        <>
          <rect {...block(before)} className="fill-surface stroke-ink-3 [stroke-dasharray:3_3]" />
          <Label at={at(middle(before))} look="fill-ink-2">
            {t("invitation.before")}
          </Label>
        </>
      )}
      <rect {...block(span)} className="fill-ink" />
      {isShown && (
        <Label at={at(middle(span))} look="fill-paper font-medium">
          {t("invitation.now")}
        </Label>
      )}
      {zones.map((zone, row) =>
        hours.map((hour) => (
          <text
            key={`${zone} ${hour}`}
            x={`${at(hour)}%`}
            y={row === 0 ? 16 : 82}
            textAnchor="middle"
            className={hour === span.from || hour === span.until ? "fill-ink font-semibold" : "fill-ink-3"}
          >
            {hourLabel(t, hour, zone)}
          </text>
        )),
      )}
    </svg>
  );
}

const middle = ({ from, until }: Span): number => (from + until) / 2;

function Label({
  at,
  look,
  children,
}: {
  readonly at: number;
  readonly look: string;
  readonly children: string;
}) {
  return (
    <text x={`${at}%`} y="48" textAnchor="middle" className={look}>
      {children}
    </text>
  );
}

/** When it was to be, where the strip can show it: at another time, and not over it. */
function earlierSpan(was: CalendarEvent["was"], { from, until }: Span): Span | null {
  if (was?.start?.kind !== "moment" || was.end === null) return null;
  const isApart = was.end.ms <= from || was.start.ms >= until;
  return isApart ? { from: was.start.ms, until: was.end.ms } : null;
}

/** The last whole hour on a zone's clock: there are zones of half hours. */
function wholeHour(ms: number, zone: string): number {
  const offset = zoneOffsetMs(zone, ms);
  return Math.round((ms + offset) / hourMs) * hourMs - offset;
}

/** "15", and "08:30" where the clocks differ by half an hour. */
function hourLabel(t: Words, ms: number, zone: string): string {
  const clock = formatDate(t.language, zone, "clock", new Date(ms));
  return /\D00$/u.test(clock) ? clock.slice(0, 2) : clock;
}
