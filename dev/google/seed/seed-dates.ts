import type { Random } from "../random.ts";

const hourMs = 3600 * 1000;

/**
 * Internal dates of `count` messages, oldest first: dense lately, sparse long ago, whole seconds, the newest within
 * the last minutes before `nowMs`. A larger mailbox reaches further back, ten years at most.
 */
export function seedDates(random: Random, count: number, nowMs: number): number[] {
  const spanMs = Math.min(10 * 365 * 24 * hourMs, count * 3.5 * hourMs);
  const gaps = Array.from({ length: count }, () => 0.15 - Math.log(1 - random()));
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  const dates = new Array<number>(count);
  let passed = 0;
  for (let newest = 0; newest < count; newest += 1) {
    passed += gaps[newest] ?? 0;
    const age = spanMs * (passed / total) ** 1.4 + 4 * 60_000 + newest * 1000;
    dates[count - 1 - newest] = Math.floor((nowMs - age) / 1000) * 1000;
  }
  return dates;
}
