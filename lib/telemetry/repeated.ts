/**
 * The same line again and again (a database that is away, a page that everybody opens) is written once, and then counted:
 * what matters is not buried under it.
 */

import { perProcess } from "../domain/per-process.ts";

/** So long a line counts as the same one. */
const withinMs = 10_000;
const remembered = 500;

interface Said {
  times: number;
  readonly again: (times: number) => void;
  readonly timer: NodeJS.Timeout;
}

const lately = perProcess("said", () => new Map<string, Said>());

/**
 * @param key what makes a line the same
 * @param write writes it; not called while it counts as said
 * @param again writes that it came so many times more
 */
export function sayOnce(key: string, write: () => void, again: (times: number) => void): void {
  const said = lately();
  const known = said.get(key);
  if (known) {
    known.times += 1;
    return;
  }
  const [oldest] = said.keys();
  if (said.size >= remembered && oldest !== undefined) settle(oldest);
  said.set(key, { times: 0, again, timer: setTimeout(() => settle(key), withinMs).unref() });
  write();
}

function settle(key: string): void {
  const known = lately().get(key);
  lately().delete(key);
  clearTimeout(known?.timer);
  if (known && known.times > 0) known.again(known.times);
}

/** This process ends: what was counted is written. */
export function settleAll(): void {
  for (const key of [...lately().keys()]) settle(key);
}
