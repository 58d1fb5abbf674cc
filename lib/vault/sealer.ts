import "server-only";
import { createHmac, createSecretKey, hkdfSync } from "node:crypto";
import type { Transaction } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import type { Sealer } from "../domain/sealer.ts";
import type { TokenKeys } from "../domain/token-keys.ts";
import { unwrapDataKey, type WrappedDataKey } from "./data-key.ts";
import { openBytes, SealError, sealBytes } from "./seal.ts";

/**
 * What seals an account's mail. Fingerprints have a key of their own, derived from the data key: whoever knows one of the two
 * keys' outputs learns nothing about the other's.
 * @see https://www.rfc-editor.org/rfc/rfc5869
 * @throws SealError, UnknownTokenKeyError when its data key does not open */
export function sealerOf(keys: TokenKeys, accountId: AccountId, stored: WrappedDataKey): Sealer {
  const dataKey = createSecretKey(unwrapDataKey(keys, accountId, stored));
  let fingerprintKey: Uint8Array | undefined;
  const open: Sealer["open"] = (sealed, place) => openBytes(dataKey, sealed, { ...place, accountId });
  return {
    seal: (plain, place) => sealBytes(dataKey, plain, { ...place, accountId }),
    open,
    openOrNull: (sealed, place) => {
      try {
        return open(sealed, place);
      } catch (error) {
        if (error instanceof SealError) return null;
        throw error;
      }
    },
    fingerprint: (purpose, text) => {
      fingerprintKey ??= new Uint8Array(hkdfSync("sha256", dataKey, "", "latchkey fingerprints", 32));
      const hmac = createHmac("sha256", fingerprintKey).update(JSON.stringify([purpose, text]));
      return hmac.digest().readBigInt64BE(0);
    },
  };
}

/**
 * The sealer of an account, its data key read from the database; null for an account that is gone, or never had a key.
 */
export async function readSealer(
  tx: Transaction,
  keys: TokenKeys,
  accountId: AccountId,
): Promise<Sealer | null> {
  const stored = await tx.dataKey.findUnique({ where: { accountId } });
  return stored && sealerOf(keys, accountId, stored);
}
