import { formatterOf } from "./formatter.ts";
import type { Words } from "./words.ts";

/** "12,044" */
export const formatNumber = (t: Words, value: number): string => formatterOf(t.language).number(value);

/** "184 kB"; a kilobyte is 1,000 bytes, as on a disk's label. */
export function formatBytes(t: Words, value: number): string {
  if (value < 1000) return t("size.bytes", { value });
  if (value < 999_500) return t("size.kilobytes", { value: Math.round(value / 1000) });
  const megabytes = formatterOf(t.language).number(value / 1_000_000, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return t("size.megabytes", { value: megabytes });
}
