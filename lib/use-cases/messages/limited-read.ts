import type { AccountId } from "../../domain/mail.ts";
import { perProcess } from "../../domain/per-process.ts";
import { NotReadError } from "../../message/worker/not-read-error.ts";

/** How many large messages of one account are read at the same time, and how many more may wait for that. */
const atOnce = 2;
const waitingAtMost = 30;

interface Reads {
  running: number;
  readonly waiting: (() => void)[];
}

const readsByAccount = perProcess("limited-reads", () => new Map<AccountId, Reads>());

/** Runs `read` as soon as few enough of the account run: nobody's mail keeps others from reading theirs. @throws NotReadError */
export async function limitedRead<Value>(accountId: AccountId, read: () => Promise<Value>): Promise<Value> {
  const all = readsByAccount();
  const reads = all.get(accountId) ?? { running: 0, waiting: [] };
  all.set(accountId, reads);
  if (reads.running >= atOnce) {
    if (reads.waiting.length >= waitingAtMost) throw new NotReadError("too many messages are being read");
    await new Promise<void>((resolve) => reads.waiting.push(resolve));
  } else {
    reads.running += 1;
  }
  try {
    return await read();
  } finally {
    const next = reads.waiting.shift();
    // The place is handed on as it is.
    if (next) next();
    else reads.running -= 1;
    if (reads.running === 0) all.delete(accountId);
  }
}
