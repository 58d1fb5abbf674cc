const plain = new Intl.NumberFormat("en-GB");

/** "12,044" */
export const number = (value: number): string => plain.format(value);

/** "184 kB"; a kilobyte is 1,000 bytes, as on a disk's label. */
export function bytes(value: number): string {
  if (value < 1000) return `${number(value)} B`;
  if (value < 999_500) return `${number(Math.round(value / 1000))} kB`;
  return `${(value / 1_000_000).toFixed(1)} MB`;
}

/** "1 image", "5 images" */
export const counted = (value: number, one: string, many: string): string =>
  `${number(value)} ${value === 1 ? one : many}`;
