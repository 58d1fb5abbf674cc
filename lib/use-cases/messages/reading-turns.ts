import type { AccountId } from "../../domain/mail.ts";
import { perProcess } from "../../domain/per-process.ts";
import { NotReadError } from "../../message/worker/not-read-error.ts";

/** How many large messages of one account are read at the same time, and how many more may wait. */
const atOnce = 2;
const waitingAtMost = 30;

interface Turns {
  running: number;
  readonly waiting: (() => void)[];
}

const readingTurns = perProcess("reading-turns", () => new Map<AccountId, Turns>());

/** Runs `read` when it is the account's turn: nobody's mail keeps others from reading theirs. @throws NotReadError */
export async function inTurn<Value>(accountId: AccountId, read: () => Promise<Value>): Promise<Value> {
  const all = readingTurns();
  const turns = all.get(accountId) ?? { running: 0, waiting: [] };
  all.set(accountId, turns);
  if (turns.running >= atOnce) {
    if (turns.waiting.length >= waitingAtMost) throw new NotReadError("too many messages are being read");
    await new Promise<void>((resolve) => turns.waiting.push(resolve));
  } else {
    turns.running += 1;
  }
  try {
    return await read();
  } finally {
    const next = turns.waiting.shift();
    // The next reading takes this one's place, so the count stays.
    if (next) next();
    else turns.running -= 1;
    if (turns.running === 0) all.delete(accountId);
  }
}
