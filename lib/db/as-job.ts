import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { perProcess } from "../domain/per-process.ts";

type Work = "jobs" | "bulk";

const works = perProcess("work", () => new AsyncLocalStorage<Work>());

/** Runs `work` with its queries on the connections of jobs, which have longer timeouts than those of pages. */
export const asJob = <T>(work: () => Promise<T>): Promise<T> => works().run("jobs", work);

/**
 * Runs `work` with its queries on the connections for bulk work, whose timeout is long enough for every row of a large
 * mailbox.
 */
export const inBulk = <T>(work: () => Promise<T>): Promise<T> => works().run("bulk", work);

/** Which connections the code that runs now uses; null for those of pages. */
export const workNow = (): Work | null => works().getStore() ?? null;
