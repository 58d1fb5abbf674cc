/**
 * The same line again and again (a database that is away, a page that everybody opens) is written once, and then counted:
 * what matters is not buried under it.
 */

/** So long a line counts as the same one. */
const withinMs = 10_000;
const remembered = 500;

interface Said {
  times: number;
  readonly again: (times: number) => void;
}

// Next bundles routes apart from each other: what a process has one of hangs on the process.
const held = globalThis as { latchkeySaid?: Map<string, Said> };

/**
 * @param key what makes a line the same
 * @param write writes it; not called while it counts as said
 * @param again writes that it came so many times more
 */
export function sayOnce(key: string, write: () => void, again: (times: number) => void): void {
  held.latchkeySaid ??= new Map();
  const said = held.latchkeySaid;
  const known = said.get(key);
  if (known) {
    known.times += 1;
    return;
  }
  const [oldest] = said.keys();
  if (said.size >= remembered && oldest !== undefined) settle(said, oldest);
  said.set(key, { times: 0, again });
  setTimeout(() => settle(said, key), withinMs).unref();
  write();
}

function settle(said: Map<string, Said>, key: string): void {
  const { times, again } = said.get(key) ?? { times: 0, again: () => {} };
  said.delete(key);
  if (times > 0) again(times);
}
