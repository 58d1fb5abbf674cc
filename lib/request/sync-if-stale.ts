import "server-only";
import { after } from "next/server";
import type { AccountId } from "../domain/mail.ts";
import { log, messageOf } from "../telemetry/log.ts";
import { syncIfStale } from "../use-cases/sync/sync-if-stale.ts";

/** After the page is sent, never before: whoever looked at an old one gets a newer one the next time. */
export function syncIfStaleAfterwards(accountId: AccountId): void {
  after(async () => {
    try {
      await syncIfStale(accountId);
    } catch (error) {
      log.warn(
        { event: "sync.request.failed", accountId, error: messageOf(error) },
        "a page could not bring its account's turn forward",
      );
    }
  });
}
