import "server-only";
import { randomBytes } from "node:crypto";
import type { AccountId } from "../domain/mail.ts";
import { SharedError } from "../domain/shared-error.ts";
import type { TokenKeys } from "../domain/token-keys.ts";
import { openBytes, type SealContext, sealBytes } from "./seal.ts";

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
