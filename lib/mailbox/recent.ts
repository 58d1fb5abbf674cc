import { LRUCache } from "lru-cache";
import type { AccountId } from "../domain/mail.ts";
import { joinFlight } from "../domain/single-flight.ts";

/**
 * What several requests want within a moment: a page, the frame with its body and the pictures in it ask for the same
 * message. It is held in memory that long, and nowhere else.
 */
const heldForMs = 60_000;
const heldBytes = 64_000_000;
/** What is larger is made again. */
const largestHeldBytes = 16_000_000;

export interface Recent<Value> {
  /** The value under this key, or one that is being made, or else what `make` makes. */
  get(accountId: AccountId, key: string, make: () => Promise<Value>): Promise<Value>;
  /** What `make` makes now, in the place of what is held. */
  renew(accountId: AccountId, key: string, make: () => Promise<Value>): Promise<Value>;
  /** Forgets what is held of an account; what is being made is given to those who wait for it, and not held. */
  forget(accountId: AccountId): void;
}

/** @param bytesOf about how much memory a value takes */
export function recent<Value extends object>(bytesOf: (value: Value) => number): Recent<Value> {
  // The cache does not list what is being made.
  const underWay = new Set<{ readonly name: string }>();
  const held = new LRUCache<string, Value, () => Promise<Value>>({
    max: 500,
    maxSize: heldBytes,
    maxEntrySize: largestHeldBytes,
    sizeCalculation: (value) => Math.max(1, Math.ceil(bytesOf(value))),
    ttl: heldForMs,
    ttlAutopurge: true,
    fetchMethod: (name, _held, { context: make }) => {
      const flight = { name };
      underWay.add(flight);
      return make().finally(() => underWay.delete(flight));
    },
    // Who waits for what is forgotten meanwhile still gets it.
    ignoreFetchAbort: true,
  });
  return {
    get(accountId, key, make) {
      const name = `${accountId}/${key}`;
      return joinFlight((start) => held.forceFetch(name, { context: start }), make);
    },
    renew(accountId, key, make) {
      const name = `${accountId}/${key}`;
      return joinFlight((start) => held.forceFetch(name, { context: start, forceRefresh: true }), make);
    },
    forget(accountId) {
      for (const name of [...held.keys(), ...[...underWay].map((flight) => flight.name)]) {
        if (name.startsWith(`${accountId}/`)) held.delete(name);
      }
    },
  };
}
