import "server-only";
import type { Transaction } from "../db/client.ts";
import type { MailboxEvent } from "../domain/mirror.ts";

export const mailboxChannel = "latchkey_mailbox";

/** PostgreSQL takes less than 8,000 bytes. */
const longest = 7_000;

const uncounted = ({ arrived }: MailboxEvent) => ({ added: null, ...(arrived ? { arrived: null } : {}) });

/** Tells every process, when the transaction is committed, what has happened to a copy. */
export async function tellMailboxEvent(tx: Transaction, event: MailboxEvent): Promise<void> {
  const whole = JSON.stringify(event);
  const told = whole.length <= longest ? whole : JSON.stringify({ ...event, ...uncounted(event) });
  await tx.$executeRaw`SELECT pg_notify(${mailboxChannel}, ${told})`;
}
