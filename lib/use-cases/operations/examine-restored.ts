import "server-only";
import { database } from "../../db/client.ts";
import type { Account } from "../../db/generated/client.ts";
import { accountIdOf } from "../../domain/ids.ts";
import type { AccountId } from "../../domain/mail.ts";
import { env } from "../../env.ts";
import { sampleSealed } from "../../mailbox/sealed-sample.ts";
import { readCredential } from "../../vault/credential-store.ts";
import { readSealer, UnknownTokenKeyError } from "../../vault/data-key.ts";
import { SealError } from "../../vault/seal.ts";

export interface Restored {
  /** Those that are connected. */
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
  /** There is mail or a state that a key or a credential belongs to, and it is not there. */
  | { readonly lacks: "data key" | "credential" }
  | { readonly altered: "credential" }
  | { readonly altered: "copy"; readonly values: number };

/** Accounts that are read at once. */
const batch = 100;

/** Looks whether TOKEN_KEYS opens what a restored database holds. Changes nothing, and asks Google nothing. */
export async function examineRestored(): Promise<Restored> {
  const accounts: AccountId[] = [];
  const closed = new Map<AccountId, ClosedBecause>();
  let [connected, looked] = [0, 0];
  for await (const { id, state } of everyAccount()) {
    const accountId = accountIdOf(id);
    if (state !== "DISCONNECTED") accounts.push(accountId);
    const found = await examine(accountId, state);
    if (found.because) closed.set(accountId, found.because);
    connected += found.connected ? 1 : 0;
    looked += found.looked;
  }
  return { accounts, connected, looked, closed };
}

async function* everyAccount(): AsyncGenerator<Pick<Account, "id" | "state">> {
  let after: string | undefined;
  for (;;) {
    const rows: Pick<Account, "id" | "state">[] = await database().account.findMany({
      ...(after === undefined ? {} : { where: { id: { gt: after } } }),
      select: { id: true, state: true },
      orderBy: { id: "asc" },
      take: batch,
    });
    yield* rows;
    after = rows.at(-1)?.id;
    if (after === undefined) return;
  }
}

async function examine(accountId: AccountId, state: Account["state"]) {
  const keys = env().TOKEN_KEYS;
  try {
    const credential = await readCredential(database(), keys, accountId);
    const sealer = await readSealer(database(), keys, accountId);
    const isActive = state === "ACTIVE";
    if (!sealer && (isActive || (await hasMail(accountId)))) return closedFor({ lacks: "data key" });
    if (!credential && isActive) return closedFor({ lacks: "credential" });
    const sample = sealer ? await sampleSealed(database(), sealer, accountId) : { looked: 0, closed: 0 };
    const because: ClosedBecause | null =
      sample.closed > 0 ? { altered: "copy", values: sample.closed } : null;
    return { connected: Boolean(credential?.refreshToken), looked: sample.looked, because };
  } catch (error) {
    return closedFor(reasonOf(error));
  }
}

const closedFor = (because: ClosedBecause) => ({ connected: false, looked: 0, because });

const hasMail = async (accountId: AccountId): Promise<boolean> =>
  (await database().copiedMessage.findFirst({ where: { accountId }, select: { messageId: true } })) !== null;

function reasonOf(error: unknown): ClosedBecause {
  if (error instanceof UnknownTokenKeyError) return { missingKey: error.keyId };
  if (error instanceof SealError) return { altered: "credential" };
  throw error;
}
