import { LRUCache } from "lru-cache";
import type { AccountId } from "../domain/mail.ts";

/**
 * What several requests want within a moment: a page, the frame with its body and the pictures in it ask for the same
 * message. It is held in memory that long, and nowhere else.
 */
const heldForMs = 60_000;
const heldBytes = 64_000_000;
/** What is larger is made again. */
const largestHeldBytes = 16_000_000;

export interface Recent<Value> {
  /**
   * The value under this key, or one that is being made, or else what `make` makes. When another's making fails, this caller
   * makes it for itself: they may only have left.
   */
  get(accountId: AccountId, key: string, make: () => Promise<Value>): Promise<Value>;
  /** Forgets what is held of an account. */
  forget(accountId: AccountId): void;
}

/** @param bytesOf about how much memory a value takes */
export function recent<Value>(bytesOf: (value: Value) => number): Recent<Value> {
  const held = new LRUCache<string, Promise<Value>>({
    max: 500,
    maxSize: heldBytes,
    ttl: heldForMs,
    ttlAutopurge: true,
  });
  return {
    async get(accountId, key, make) {
      const name = `${accountId}/${key}`;
      const known = held.get(name);
      if (known !== undefined) {
        try {
          return await known;
        } catch {
          // Said to whoever made it; made anew below.
        }
      }
      const making = make();
      held.set(name, making, { size: 1 });
      try {
        const value = await making;
        const size = Math.max(1, Math.ceil(bytesOf(value)));
        if (held.peek(name) === making) {
          if (size > largestHeldBytes) held.delete(name);
          else held.set(name, making, { size });
        }
        return value;
      } catch (error) {
        if (held.peek(name) === making) held.delete(name);
        throw error;
      }
    },
    forget(accountId) {
      for (const name of [...held.keys()]) if (name.startsWith(`${accountId}/`)) held.delete(name);
    },
  };
}
