import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";

// Next bundles routes apart from each other.
const held = globalThis as { latchkeyJobs?: AsyncLocalStorage<true> };

function jobs(): AsyncLocalStorage<true> {
  held.latchkeyJobs ??= new AsyncLocalStorage();
  return held.latchkeyJobs;
}

/** Whatever `work` asks of the database, it asks over the connections of jobs: those have more patience than people. */
export const asJob = <T>(work: () => Promise<T>): Promise<T> => jobs().run(true, work);

export const isJob = (): boolean => jobs().getStore() === true;
