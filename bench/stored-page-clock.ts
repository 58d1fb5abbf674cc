/** How long the use case takes for a page that the copy has. */

import type { AccountId } from "#lib/domain/mail.ts";
import { mailListOf } from "#lib/domain/mail-list.ts";
import { requestCopy } from "#lib/request/read-once.ts";
import { readMessagePage } from "#lib/use-cases/lists/read-message-page.ts";
import { pageSize } from "./first-page-round.ts";

/** @throws Error when the inbox has not a full page here, beginning with row `from` */
export async function timeStoredPage(accountId: AccountId, cursor: string, from: number): Promise<number> {
  const list = mailListOf("inbox");
  if (!list) throw new Error("There is no inbox.");
  const startedMs = performance.now();
  const outcome = await readMessagePage(requestCopy(accountId), { list, query: "", cursor });
  const ms = performance.now() - startedMs;
  if (!outcome.ok) throw new Error(`The page could not be read: ${JSON.stringify(outcome.trouble)}.`);
  const { rows, from: first, startedOver } = outcome.page;
  if (rows.length !== pageSize || first !== from || startedOver) {
    throw new Error(`The page has ${rows.length} rows from ${first} on, not ${pageSize} from ${from} on.`);
  }
  return ms;
}
