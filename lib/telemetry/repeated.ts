/**
 * Lines of the log that repeat (a database that is away, a page that everybody opens) are written once, and then
 * counted, so that they do not bury what matters.
 */

import { perProcess } from "../domain/per-process.ts";

/** How long a line that comes again counts as repeated. */
const withinMs = 10_000;
const remembered = 500;

interface Said {
  times: number;
  readonly again: (times: number) => void;
  readonly timer: NodeJS.Timeout;
}

const lately = perProcess("said", () => new Map<string, Said>());

/**
 * Writes a line, or counts it where it was written a moment ago.
 * @param key what makes two lines the same
 * @param write writes the line; not called for a repeated one
 * @param again writes that the line came so many times more
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

/** Writes the counts that are still open; for the end of the process. */
export function settleAll(): void {
  for (const key of [...lately().keys()]) settle(key);
}
