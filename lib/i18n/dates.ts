/** Dates as people read them. Zones are IANA names; the language is English until there are others. */
const locale = "en-GB";

/** The ways a page writes dates, in the zones of some thirty readers: a format takes some 50 kB. */
const formatsAtMost = 200;
const formats = new Map<string, Intl.DateTimeFormat>();

function format(at: Date, zone: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${zone} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  // The last used stands last.
  formats.delete(key);
  formats.set(key, known);
  const [oldest] = formats.keys();
  if (formats.size > formatsAtMost && oldest !== undefined) formats.delete(oldest);
  return known.format(at);
}

/**
 * The zone in its proper spelling, if it is one of IANA's names; otherwise the server's own. Offsets such as "+01:23" are
 * none: there are thousands of them.
 */
export function knownZone(zone: string | undefined): string {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone || !/^[A-Za-z][\w+-]*(\/[\w+-]+){0,2}$/.test(zone)) return own;
  try {
    return new Intl.DateTimeFormat(locale, { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return own;
  }
}

const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/** "Sat 21 Nov 2026, 08:02" */
export const longDate = (at: Date, zone: string): string =>
  format(at, zone, { weekday: "short", day: "numeric", month: "short", year: "numeric", ...clock }).replace(
    ",",
    "",
  );

/** "21 Nov 2026" */
export const shortDate = (at: Date, zone: string): string =>
  format(at, zone, { day: "numeric", month: "short", year: "numeric" });

const dayMs = 86_400_000;

/** Days since the epoch on the calendar of the zone. */
function dayNumber(at: Date, zone: string): number {
  const [year = 0, month = 1, day = 1] = format(at, zone, {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  })
    .split("/")
    .reverse()
    .map(Number);
  return Date.UTC(year, month - 1, day) / dayMs;
}

/** The time in the list: of today the clock, of this week the day, then the date. */
export function listTime(at: Date, now: Date, zone: string): string {
  const age = dayNumber(now, zone) - dayNumber(at, zone);
  if (age === 0) return format(at, zone, clock);
  if (age > 0 && age < 7) return format(at, zone, { weekday: "short" });
  const sameYear = format(at, zone, { year: "numeric" }) === format(now, zone, { year: "numeric" });
  return format(
    at,
    zone,
    sameYear ? { day: "numeric", month: "short" } : { month: "short", year: "numeric" },
  );
}

/** The heading that a message stands under in the list. */
export function dayGroup(at: Date, now: Date, zone: string): string {
  const today = dayNumber(now, zone);
  const day = dayNumber(at, zone);
  if (day > today) return "Later";
  if (day === today) return "Today";
  if (day === today - 1) return "Yesterday";
  // 1 January 1970 was a Thursday; weeks begin on Monday.
  const weekOf = (number: number) => Math.floor((number + 3) / 7);
  if (weekOf(day) === weekOf(today)) return "Earlier this week";
  return format(at, zone, { month: "long", year: "numeric" });
}

/** "4 min ago", "2 h ago", "Yesterday", then the date. */
export function ago(at: Date, now: Date, zone: string): string {
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return dayNumber(now, zone) - dayNumber(at, zone) === 1 ? "Yesterday" : shortDate(at, zone);
}
