import "server-only";
import { createHmac, createSecretKey, hkdfSync, randomBytes } from "node:crypto";
import type { Transaction } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";
import type { Sealer } from "../domain/sealer.ts";
import { SharedError } from "../domain/shared-error.ts";
import type { TokenKeys } from "../domain/token-keys.ts";
import { openBytes, type SealContext, SealError, sealBytes } from "./seal.ts";

/** An account's data key as it is stored. */
export interface WrappedDataKey {
  /** Which of TOKEN_KEYS wrapped it. */
  readonly keyId: string;
  readonly wrapped: Uint8Array<ArrayBuffer>;
}

/**
 * A data key whose wrapping key is not in TOKEN_KEYS. That is this server's lack, and no word about the credential: with the
 * key brought back all is as it was.
 */
export class UnknownTokenKeyError extends SharedError {
  static override readonly errorName = "UnknownTokenKeyError";
  readonly code = "unknown-token-key";
  readonly keyId: string;

  constructor(keyId: string) {
    super(`TOKEN_KEYS has no key "${keyId}", and an account's data key is wrapped with it.`);
    this.keyId = keyId;
  }
}

const contextOf = (accountId: AccountId): SealContext => ({ table: "DataKey", field: "wrapped", accountId });

export function wrapDataKey(keys: TokenKeys, accountId: AccountId, dataKey: Uint8Array): WrappedDataKey {
  const [sealing] = keys;
  return { keyId: sealing.id, wrapped: sealBytes(sealing.key, dataKey, contextOf(accountId)) };
}

/** A fresh random 256-bit key, and how to store it. */
export function makeDataKey(keys: TokenKeys, accountId: AccountId) {
  const dataKey = new Uint8Array(randomBytes(32));
  return { dataKey, stored: wrapDataKey(keys, accountId, dataKey) };
}

/** @throws SealError, UnknownTokenKeyError */
export function unwrapDataKey(keys: TokenKeys, accountId: AccountId, stored: WrappedDataKey): Uint8Array {
  const wrapping = keys.find(({ id }) => id === stored.keyId);
  if (!wrapping) throw new UnknownTokenKeyError(stored.keyId);
  return openBytes(wrapping.key, stored.wrapped, contextOf(accountId));
}

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
