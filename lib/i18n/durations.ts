import type { Language } from "../domain/language.ts";
import { localeOf } from "./languages.ts";
import type { Words } from "./words.ts";

const units = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
] as const;

const formatsOf = (language: Language) =>
  units.map(([unit, unitMs]) => ({
    unitMs,
    format: new Intl.NumberFormat(localeOf[language], {
      style: "unit",
      unit,
      unitDisplay: "short",
      maximumFractionDigits: 0,
    }),
  }));

const made: Readonly<Record<Language, ReturnType<typeof formatsOf>>> = {
  en: formatsOf("en"),
  id: formatsOf("id"),
  th: formatsOf("th"),
};

/** "8 secs", "95 mins", "3 hrs": in the largest unit of which there are two, to the nearest. */
export function formatDuration(t: Words, ms: number): string {
  const formats = made[t.language];
  const fit = formats.find(({ unitMs }) => ms >= 2 * unitMs) ?? formats.at(-1);
  return fit === undefined ? "" : fit.format.format(Math.round(ms / fit.unitMs));
}
