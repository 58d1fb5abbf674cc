import { LRUCache } from "lru-cache";
import { zoneOffsetMs } from "../domain/zone-offset.ts";
import { localeOf } from "./languages.ts";
import type { Words } from "./words.ts";

/** Each language's data knows the short names of some countries' zones only: "WIB" is Indonesian, "EST" American. */
const locales = ["id-ID", "en-GB", "en-US", "en-AU", "en-NZ", "en-IN", "en-ZA"];

/** The formats behind a name take half a megabyte: the name is kept. */
const names = new LRUCache<string, string>({ max: 200 });

/** "WIB", "CET", or "GMT+7" where there is none. @param zone an IANA name, or an offset such as "+05:30" */
export function zoneWords(t: Words, zone: string, at: Date): string {
  const key = `${t.language} ${zone} ${zoneOffsetMs(zone, at.getTime())}`;
  const known = names.get(key);
  if (known !== undefined) return known;
  const written = [localeOf[t.language], ...locales].map((locale) => nameIn(locale, zone, at));
  const name = written.find((candidate) => !/^(?:GMT|UTC).|^$/u.test(candidate)) ?? written[0] ?? "";
  names.set(key, name);
  return name;
}

const nameIn = (locale: string, timeZone: string, at: Date): string =>
  new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "short" })
    .formatToParts(at)
    .find(({ type }) => type === "timeZoneName")?.value ?? "";

/** Cities that were renamed since their zones got their names. */
const renamed: Readonly<Record<string, string>> = {
  Calcutta: "Kolkata",
  Katmandu: "Kathmandu",
  Kiev: "Kyiv",
  Rangoon: "Yangon",
};

/** The city that a zone is named after; the zone's own short name where there is no city. */
export function cityOf(t: Words, zone: string, at: Date): string {
  const city = /^[A-Z]\w+\/(?:[\w-]+\/)?([A-Z][\w-]+)$/u.exec(zone)?.[1]?.replaceAll("_", " ");
  if (city === undefined || zone.startsWith("Etc/")) return zoneWords(t, zone, at);
  return renamed[city] ?? city;
}
