import "server-only";
import { database } from "../../db/client.ts";
import { missingMigrations } from "../../db/schema-state.ts";
import type { AccountId } from "../../domain/mail.ts";
import { env } from "../../env.ts";
import { sampleSealed } from "../../mailbox/sealed-sample.ts";
import { readCredential } from "../../vault/credential-store.ts";
import { UnknownTokenKeyError } from "../../vault/data-key.ts";
import { SealError } from "../../vault/seal.ts";
import { readSealer } from "../../vault/sealer.ts";

export interface Restored {
  readonly missingMigrations: readonly string[];
  readonly accounts: readonly AccountId[];
  /** How many of them have a refresh token, which opens. */
  readonly connected: number;
  /** Sealed values of their copies that were looked at. */
  readonly looked: number;
  /** Accounts of which something does not open, and why. */
  readonly closed: ReadonlyMap<AccountId, ClosedBecause>;
}

export type ClosedBecause =
  | { readonly missingKey: string }
  | { readonly altered: "credential" }
  | { readonly altered: "copy"; readonly values: number };

/** Accounts that are read at once. */
const batch = 100;

/** Looks whether TOKEN_KEYS opens what a restored database holds. Changes nothing, and asks Google nothing. */
export async function examineRestored(): Promise<Restored> {
  const missing = await missingMigrations();
  const accounts: AccountId[] = [];
  const closed = new Map<AccountId, ClosedBecause>();
  let [connected, looked] = [0, 0];
  for await (const accountId of everyAccount()) {
    accounts.push(accountId);
    const found = await examine(accountId);
    if (found.because) closed.set(accountId, found.because);
    connected += found.connected ? 1 : 0;
    looked += found.looked;
  }
  return { missingMigrations: missing, accounts, connected, looked, closed };
}

async function* everyAccount(): AsyncGenerator<AccountId> {
  let after: string | undefined;
  for (;;) {
    const rows: { id: string }[] = await database().account.findMany({
      ...(after === undefined ? {} : { where: { id: { gt: after } } }),
      select: { id: true },
      orderBy: { id: "asc" },
      take: batch,
    });
    for (const { id } of rows) yield id as AccountId;
    after = rows.at(-1)?.id;
    if (after === undefined) return;
  }
}

async function examine(accountId: AccountId) {
  const keys = env().TOKEN_KEYS;
  try {
    const credential = await readCredential(database(), keys, accountId);
    const sealer = await readSealer(database(), keys, accountId);
    const sample = sealer ? await sampleSealed(database(), sealer, accountId) : { looked: 0, closed: 0 };
    const because: ClosedBecause | null =
      sample.closed > 0 ? { altered: "copy", values: sample.closed } : null;
    return { connected: Boolean(credential?.refreshToken), looked: sample.looked, because };
  } catch (error) {
    return { connected: false, looked: 0, because: reasonOf(error) };
  }
}

function reasonOf(error: unknown): ClosedBecause {
  if (error instanceof UnknownTokenKeyError) return { missingKey: error.keyId };
  if (error instanceof SealError) return { altered: "credential" };
  throw error;
}
