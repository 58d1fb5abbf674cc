import { LRUCache } from "lru-cache";
import type { Language } from "../domain/language.ts";
import { localeOf } from "./languages.ts";

const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/** The ways in which dates are written. */
const styles = {
  clock,
  weekday: { weekday: "short" },
  dayAndMonth: { day: "numeric", month: "short" },
  monthAndYear: { month: "short", year: "numeric" },
  wholeMonth: { month: "long", year: "numeric" },
  short: { day: "numeric", month: "short", year: "numeric" },
  long: { weekday: "short", day: "numeric", month: "short", year: "numeric", ...clock },
  /** "Thu 26 Nov", and with its year. */
  day: { weekday: "short", day: "numeric", month: "short" },
  dayOfYear: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  date: { day: "numeric", month: "long" },
  wholeWeekday: { weekday: "long" },
  monthName: { month: "long" },
  shortMonth: { month: "short" },
  dayNumber: { day: "numeric" },
  /** In digits. */
  calendar: { day: "2-digit", month: "2-digit", year: "numeric" },
  /** A date, and "GMT+05:30". */
  offset: { timeZoneName: "longOffset" },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

type Style = keyof typeof styles;

/** Every way for the zones of some thirty readers: each takes some 50 kB, and longer to make than a page to write. */
const made = new LRUCache<string, Partial<Record<Style, Intl.DateTimeFormat>>>({ max: 32 });

/** Writes a date by a language's customs. @param zone an IANA name */
export function formatDate(language: Language, zone: string, style: Style, at: Date): string {
  const key = `${language} ${zone}`;
  const formats = made.get(key) ?? {};
  made.set(key, formats);
  formats[style] ??= new Intl.DateTimeFormat(localeOf[language], { ...styles[style], timeZone: zone });
  return formats[style].format(at);
}
