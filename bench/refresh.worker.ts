/** One of several processes that all need an access token at the same moment. */

import { closeDatabase } from "#lib/db/client.ts";
import type { AccountId } from "#lib/domain/mail.ts";
import { accessTokenFor } from "#lib/use-cases/google/access-token-for.ts";
import { refreshAlone } from "./guide-way.ts";

export interface RefreshOrder {
  readonly way: "latchkey" | "guide";
  readonly calls: number;
  readonly accountId: string;
  readonly tokenUrl: string;
  readonly refreshToken: string;
}

function ask(order: RefreshOrder): Promise<string> {
  if (order.way === "guide") return refreshAlone(order.tokenUrl, order.refreshToken);
  return accessTokenFor(order.accountId as AccountId);
}

process.on("message", (order: RefreshOrder) => {
  Promise.all(Array.from({ length: order.calls }, () => ask(order))).then(
    (tokens) => process.send?.({ tokens }),
    (error) => process.send?.({ error: String(error) }),
  );
});
process.once("disconnect", () => void closeDatabase().then(() => process.exit(0)));
process.send?.("ready");
