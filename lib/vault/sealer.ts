import "server-only";
import type { Transaction } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import type { Sealer } from "../domain/sealer.ts";
import { unwrapDataKey } from "./data-key.ts";
import { openBytes, sealBytes } from "./seal.ts";
import type { TokenKeys } from "./token-keys.ts";

/**
 * What seals an account's mail; null for an account that is gone, or never had a key.
 * @throws SealError, UnknownTokenKeyError when the data key does not open
 */
export async function readSealer(
  tx: Transaction,
  keys: TokenKeys,
  accountId: AccountId,
): Promise<Sealer | null> {
  const stored = await tx.dataKey.findUnique({ where: { accountId } });
  if (!stored) return null;
  const dataKey = unwrapDataKey(keys, accountId, stored);
  return {
    seal: (plain, place) => sealBytes(dataKey, plain, { ...place, accountId }),
    open: (sealed, place) => openBytes(dataKey, sealed, { ...place, accountId }),
  };
}
