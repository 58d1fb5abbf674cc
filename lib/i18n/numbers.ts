import type { Language } from "../domain/language.ts";
import { localeOf } from "./languages.ts";
import type { Words } from "./words.ts";

function formatsWith(options: Intl.NumberFormatOptions): Readonly<Record<Language, Intl.NumberFormat>> {
  const formatIn = (language: Language) => new Intl.NumberFormat(localeOf[language], options);
  return { en: formatIn("en"), id: formatIn("id"), th: formatIn("th") };
}

const whole = formatsWith({ maximumFractionDigits: 0 });
const oneDigit = formatsWith({ minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** "12,044" */
export const formatNumber = (t: Words, value: number): string => whole[t.language].format(value);

/** "184 kB"; a kilobyte is 1,000 bytes, as on a disk's label. */
export function formatBytes(t: Words, value: number): string {
  if (value < 1000) return t("size.bytes", { value });
  if (value < 999_500) return t("size.kilobytes", { value: Math.round(value / 1000) });
  return t("size.megabytes", { value: oneDigit[t.language].format(value / 1_000_000) });
}
