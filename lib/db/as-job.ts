import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { perProcess } from "../domain/per-process.ts";

type Work = "jobs" | "bulk";

const works = perProcess("work", () => new AsyncLocalStorage<Work>());

/** Whatever `work` asks of the database, it asks over the connections of jobs: those have more patience than people. */
export const asJob = <T>(work: () => Promise<T>): Promise<T> => works().run("jobs", work);

/** The same for what may have to go through every row of a large mailbox in one statement. */
export const inBulk = <T>(work: () => Promise<T>): Promise<T> => works().run("bulk", work);

/** Which connections are to be used; null for a person's. */
export const workNow = (): Work | null => works().getStore() ?? null;
