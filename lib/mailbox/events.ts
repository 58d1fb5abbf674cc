import "server-only";
import type { Transaction } from "../db/client.ts";
import type { CopyHead, MailboxEvent } from "../domain/copy-head.ts";

export const mailboxChannel = "latchkey_mailbox";

/** PostgreSQL takes less than 8,000 bytes. */
const longest = 7_000;

const uncounted = ({ arrived }: MailboxEvent) => ({ added: null, ...(arrived ? { arrived: null } : {}) });

/**
 * Tells every process, when the transaction is committed, what has happened to a copy.
 * @param copy as it stands then
 */
export async function tellMailboxEvent(
  tx: Transaction,
  { accountId, revision }: Pick<CopyHead, "accountId" | "revision">,
  happened: Omit<MailboxEvent, "accountId" | "revision">,
): Promise<void> {
  const event: MailboxEvent = { accountId, revision: Number(revision), ...happened };
  const whole = JSON.stringify(event);
  const told = whole.length <= longest ? whole : JSON.stringify({ ...event, ...uncounted(event) });
  await tx.$executeRaw`SELECT pg_notify(${mailboxChannel}, ${told})`;
}
