import "server-only";
import type { Database } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import { unwrapDataKey, wrapDataKey } from "./data-key.ts";
import type { TokenKeys } from "./token-keys.ts";

export interface RotationProgress {
  readonly rewrapped: number;
  readonly remaining: number;
}

/**
 * Wraps every data key anew with the first of `keys`, row by row, while the app serves: sealed values stay as they
 * are. What is done stays done, so a killed rotation goes on where it was; two at once do no harm.
 * @throws SealError, UnknownTokenKeyError when a row cannot be opened; the rows before it are done
 */
export async function rotateDataKeys(
  database: Database,
  keys: TokenKeys,
  onProgress: (progress: RotationProgress) => void = () => {},
  batchSize = 100,
): Promise<RotationProgress> {
  const [sealing] = keys;
  const old = { keyId: { not: sealing.id } };
  let rewrapped = 0;
  for (;;) {
    const rows = await database.dataKey.findMany({
      where: old,
      orderBy: { accountId: "asc" },
      take: batchSize,
    });
    for (const row of rows) {
      const accountId = row.accountId as AccountId;
      const dataKey = unwrapDataKey(keys, accountId, row);
      // Conditional on the key that was read: a rotation beside this one, or a disconnect, may have been faster.
      const { count } = await database.dataKey.updateMany({
        where: { accountId, keyId: row.keyId },
        data: wrapDataKey(keys, accountId, dataKey),
      });
      rewrapped += count;
    }
    const remaining = rows.length === 0 ? 0 : await database.dataKey.count({ where: old });
    onProgress({ rewrapped, remaining });
    if (remaining === 0) return { rewrapped, remaining };
  }
}
