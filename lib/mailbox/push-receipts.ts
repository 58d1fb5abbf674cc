import "server-only";
import type { Transaction } from "../db/client.ts";

/** Takes a notification of Pub/Sub. @returns false when it was taken before */
export async function takeReceipt(tx: Transaction, messageId: string): Promise<boolean> {
  const { count } = await tx.pushReceipt.createMany({ data: [{ messageId }], skipDuplicates: true });
  return count === 1;
}

/** Forgets notifications from before then. */
export async function sweepReceipts(tx: Transaction, before: Date): Promise<void> {
  await tx.pushReceipt.deleteMany({ where: { receivedAt: { lt: before } } });
}
