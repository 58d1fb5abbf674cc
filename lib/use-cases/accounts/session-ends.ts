import "server-only";
import type { Transaction } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";

/** The PostgreSQL channel on which the ends of sessions and accounts are told to every process. */
export const endsChannel = "latchkey_ends";

/** What has ended: sessions by their id, or everything that shows this account. */
export type Ended = { readonly sessionIds: readonly string[] } | { readonly accountId: AccountId };

/** PostgreSQL takes 8,000 bytes a notification. */
const toldAtOnce = 100;

async function tell(tx: Transaction, ended: Ended): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${endsChannel}, ${JSON.stringify(ended)})`;
}

/** Told when the transaction commits: whatever stands open in the name of these sessions ends now. */
export async function tellSessionsEnded(tx: Transaction, sessionIds: readonly string[]): Promise<void> {
  for (let at = 0; at < sessionIds.length; at += toldAtOnce) {
    await tell(tx, { sessionIds: sessionIds.slice(at, at + toldAtOnce) });
  }
}

/** Told when the transaction commits: an account may not be shown any more. */
export const tellAccountEnded = (tx: Transaction, accountId: AccountId): Promise<void> =>
  tell(tx, { accountId });
