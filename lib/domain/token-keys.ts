/** The keys of TOKEN_KEYS, which wrap every account's own data key. */
export interface TokenKey {
  readonly id: string;
  /** 32 bytes, for AES-256-GCM. */
  readonly key: Uint8Array;
}

/** The first key seals; all of them open. */
export type TokenKeys = readonly [TokenKey, ...TokenKey[]];

/**
 * Reads `id:base64[,id:base64…]`.
 * @throws Error with words for an operator, and never with key material in them
 */
export function parseTokenKeys(text: string): TokenKeys {
  const keys = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((entry, index): TokenKey => {
      const match = /^([\w.-]{1,32}):([A-Za-z0-9+/_-]+={0,2})$/.exec(entry);
      const [, id, base64] = match ?? [];
      if (id === undefined || base64 === undefined)
        throw new Error(`key ${index + 1} is not of the form id:base64`);
      const key = new Uint8Array(Buffer.from(base64, "base64"));
      if (key.length !== 32) throw new Error(`key "${id}" has ${key.length} bytes, and needs 32`);
      return { id, key };
    });
  const [first, ...rest] = keys;
  if (!first) throw new Error("needs at least one key, as id:base64");
  if (new Set(keys.map(({ id }) => id)).size !== keys.length)
    throw new Error("has two keys with the same id");
  return [first, ...rest];
}
