/**
 * Another process of Latchkey, as far as access tokens go. It says "ready", and on every message asks as many times at
 * once as the message says; what comes of each call is one entry of its answer.
 */
import type { AccountId } from "../../domain/mail.ts";
import { accessTokenFor } from "./access-token-for.ts";

export interface WorkOrder {
  readonly accountId: AccountId;
  readonly calls: number;
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : String(error));

process.on("message", ({ accountId, calls }: WorkOrder) => {
  const asked = Array.from({ length: calls }, () =>
    accessTokenFor(accountId).catch((error: unknown) => `failed: ${nameOf(error)}`),
  );
  void Promise.all(asked).then((results) => process.send?.(results));
});
process.send?.("ready");
