/** A process that fills copies side by side, turn after turn as the queue does it, and tells what that took. */
import { closeDatabase } from "#lib/db/client.ts";
import type { AccountId } from "#lib/domain/mail.ts";
import { timeSlice } from "#lib/queue/mail-jobs.ts";
import { fillMailbox } from "#lib/use-cases/sync/fill-mailbox.ts";

export interface FillOrder {
  readonly accountIds: readonly AccountId[];
}

export type FillAnswer = Filled | { readonly error: string };

export interface Filled {
  readonly error?: undefined;
  readonly ms: number;
  /** Of this process, computing. */
  readonly cpuMs: number;
  /** Before the first message. */
  readonly bytesAtFirst: number;
  /** The most memory this process ever had. */
  readonly peakBytes: number;
}

const sliceMs = 1_000;

async function fill(accountId: AccountId): Promise<void> {
  while (!(await fillMailbox(accountId, timeSlice(sliceMs, new AbortController().signal))).done);
}

async function fillAll({ accountIds }: FillOrder): Promise<Filled> {
  const bytesAtFirst = process.memoryUsage.rss();
  const [startedMs, before] = [performance.now(), process.cpuUsage()];
  await Promise.all(accountIds.map(fill));
  const { user, system } = process.cpuUsage(before);
  return {
    ms: performance.now() - startedMs,
    cpuMs: (user + system) / 1_000,
    bytesAtFirst,
    peakBytes: process.resourceUsage().maxRSS * 1_024,
  };
}

process.on("message", (order: FillOrder) => {
  fillAll(order).then(
    (filled) => process.send?.(filled),
    (error) => process.send?.({ error: String(error) }),
  );
});
process.once("disconnect", () => void closeDatabase().then(() => process.exit(0)));
process.send?.("ready");
