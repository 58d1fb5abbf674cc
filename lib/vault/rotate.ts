import "server-only";
import type { Database } from "../db/client.ts";
import type { DataKey } from "../db/generated/client.ts";
import { accountIdOf } from "../domain/ids.ts";
import type { AccountId } from "../domain/mail.ts";
import type { TokenKeys } from "../domain/token-keys.ts";
import { UnknownTokenKeyError, unwrapDataKey, wrapDataKey } from "./data-key.ts";
import { SealError } from "./seal.ts";

export interface RotationProgress {
  readonly rewrapped: number;
  readonly remaining: number;
}

export interface Rotation extends RotationProgress {
  /** Accounts whose data key stays as it was: the key that wrapped it is missing, or it was altered. */
  readonly left: ReadonlyMap<AccountId, LeftBecause>;
}

export type LeftBecause = { readonly missing: string } | "altered";

/**
 * Wraps every data key anew with the first of `keys`, row by row, while the app serves: sealed values stay as they
 * are. What is done stays done, so a killed rotation goes on where it was; two at once do no harm. What does not open is
 * left, and the rest goes on.
 */
export async function rotateDataKeys(
  database: Database,
  keys: TokenKeys,
  onProgress: (progress: RotationProgress) => void = () => {},
  batchSize = 100,
): Promise<Rotation> {
  const [sealing] = keys;
  const left = new Map<AccountId, LeftBecause>();
  let rewrapped = 0;
  let after: string | null = null;
  for (;;) {
    const old = { keyId: { not: sealing.id } };
    const rows: DataKey[] = await database.dataKey.findMany({
      where: after === null ? old : { ...old, accountId: { gt: after } },
      orderBy: { accountId: "asc" },
      take: batchSize,
    });
    for (const row of rows) {
      const because = await rewrap(database, keys, row);
      if (because === null) rewrapped += 1;
      else if (because !== "moved") left.set(accountIdOf(row.accountId), because);
    }
    after = rows.at(-1)?.accountId ?? null;
    const remaining = await database.dataKey.count({ where: old });
    onProgress({ rewrapped, remaining });
    // Once more: an instance that still has the old key first may have made new data keys meanwhile.
    if (after === null && remaining <= left.size) return { rewrapped, remaining, left };
  }
}

/** @returns null when that is done, `moved` when somebody else was faster */
async function rewrap(
  database: Database,
  keys: TokenKeys,
  row: DataKey,
): Promise<LeftBecause | "moved" | null> {
  const accountId = accountIdOf(row.accountId);
  try {
    const dataKey = unwrapDataKey(keys, accountId, row);
    // Conditional on the key that was read: a rotation beside this one, or a disconnect, may have been faster.
    const { count } = await database.dataKey.updateMany({
      where: { accountId, keyId: row.keyId },
      data: wrapDataKey(keys, accountId, dataKey),
    });
    return count === 1 ? null : "moved";
  } catch (error) {
    if (error instanceof UnknownTokenKeyError) return { missing: error.keyId };
    if (error instanceof SealError) return "altered";
    throw error;
  }
}
