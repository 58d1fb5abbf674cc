import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";

type Work = "jobs" | "bulk";

// Next bundles routes apart from each other.
const held = globalThis as { latchkeyWork?: AsyncLocalStorage<Work> };

function works(): AsyncLocalStorage<Work> {
  held.latchkeyWork ??= new AsyncLocalStorage();
  return held.latchkeyWork;
}

/** Whatever `work` asks of the database, it asks over the connections of jobs: those have more patience than people. */
export const asJob = <T>(work: () => Promise<T>): Promise<T> => works().run("jobs", work);

/** The same for what may have to go through every row of a large mailbox in one statement. */
export const inBulk = <T>(work: () => Promise<T>): Promise<T> => works().run("bulk", work);

/** Which connections are to be used; null for a person's. */
export const workNow = (): Work | null => works().getStore() ?? null;
