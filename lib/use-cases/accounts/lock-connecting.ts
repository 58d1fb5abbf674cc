import "server-only";
import type { Transaction } from "../../db/client.ts";

/** Until the end of the transaction nobody else connects this Google account, in whatever process. */
export async function lockConnecting(tx: Transaction, sub: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`connect:${sub}`}, 0))`;
}
