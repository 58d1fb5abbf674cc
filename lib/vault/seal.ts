import "server-only";
import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from "node:crypto";
import { SharedError } from "../domain/shared-error.ts";

/**
 * AES-256-GCM with a random 96-bit nonce. A sealed value is `version (1) | nonce (12) | ciphertext | tag (16)`.
 * @see https://nvlpubs.nist.gov/nistpubs/Legacy/SP/nistspecialpublication800-38d.pdf
 */
const algorithm = "aes-256-gcm";
const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** 32 bytes; many values are opened faster with a key that was made an object once. */
type Key = Uint8Array | KeyObject;

/** Where a sealed value lives. It opens nowhere else. */
export interface SealContext {
  readonly table: string;
  readonly field: string;
  readonly accountId: string;
  /** Where an account has many rows of a table: which of them. */
  readonly row?: string;
}

/** A value that does not open: wrong key, wrong place, or altered. It never says which, and carries no bytes. */
export class SealError extends SharedError {
  static override readonly errorName = "SealError";
  readonly code = "does-not-open";

  constructor(context: SealContext) {
    super(
      `The sealed value in ${context.table}.${context.field} of account ${context.accountId} does not open.`,
    );
  }
}

function additionalData({ table, field, accountId, row }: SealContext): Buffer {
  const place = ["latchkey", version, table, field, accountId];
  return Buffer.from(JSON.stringify(row === undefined ? place : [...place, row]));
}

export function sealBytes(key: Key, plain: Uint8Array, context: SealContext): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(additionalData(context));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return new Uint8Array(Buffer.concat([Buffer.of(version), nonce, body, cipher.getAuthTag()]));
}

/** @throws SealError */
export function openBytes(key: Key, sealed: Uint8Array, context: SealContext): Uint8Array<ArrayBuffer> {
  if (sealed.length < 1 + nonceBytes + tagBytes || sealed[0] !== version) throw new SealError(context);
  const nonce = sealed.subarray(1, 1 + nonceBytes);
  const body = sealed.subarray(1 + nonceBytes, -tagBytes);
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(additionalData(context));
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  try {
    return new Uint8Array(Buffer.concat([decipher.update(body), decipher.final()]));
  } catch {
    // OpenSSL's error says nothing more, and nothing more should be known.
    throw new SealError(context);
  }
}

export function sealText(key: Uint8Array, plain: string, context: SealContext): Uint8Array<ArrayBuffer> {
  return sealBytes(key, Buffer.from(plain, "utf8"), context);
}

/** @throws SealError */
export function openText(key: Uint8Array, sealed: Uint8Array, context: SealContext): string {
  return Buffer.from(openBytes(key, sealed, context)).toString("utf8");
}
