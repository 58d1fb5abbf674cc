import { LRUCache } from "lru-cache";

/** Each takes some 50 kB, and longer to make than to use. */
const formats = new LRUCache<string, Intl.DateTimeFormat>({ max: 32 });

/**
 * Milliseconds east of UTC at a moment.
 * @param zone an IANA name, or an offset such as "+05:30"
 */
export function zoneOffsetMs(zone: string, ms: number): number {
  const format =
    formats.get(zone) ?? new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  formats.set(zone, format);
  const written = format.formatToParts(ms).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours, minutes, seconds] = /([+-])(\d\d):(\d\d)(?::(\d\d))?/u.exec(written) ?? [];
  if (sign === undefined) return 0;
  const size = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds ?? 0);
  return (sign === "-" ? -size : size) * 1_000;
}
