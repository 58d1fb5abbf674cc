import "server-only";
import { LRUCache } from "lru-cache";
import type { AccountId } from "../../domain/mail.ts";
import type { MessageIdPage } from "../../gmail/process-message-ids.ts";

interface Kept {
  readonly pageToken: string | null;
  readonly page: MessageIdPage;
}

// Some 20 kB each. See `database()` for globalThis.
const held = globalThis as { latchkeyPagesOfIds?: LRUCache<AccountId, Kept> };

function kept(): LRUCache<AccountId, Kept> {
  held.latchkeyPagesOfIds ??= new LRUCache({ max: 200, ttl: 60_000 });
  return held.latchkeyPagesOfIds;
}

/**
 * The page of ids that a filling goes through, turn after turn: where the quota allows five messages a second, it takes many.
 * What came meanwhile is history's to tell. A page that ends the list, or is empty, is asked for each time: whether a mailbox
 * is all here is judged by what Gmail says now.
 */
export async function pageOfIds(
  accountId: AccountId,
  pageToken: string | null,
  list: () => Promise<MessageIdPage>,
): Promise<MessageIdPage> {
  const known = kept().get(accountId);
  if (known?.pageToken === pageToken) return known.page;
  const page = await list();
  if (page.nextPageToken !== null && page.ids.length > 0) kept().set(accountId, { pageToken, page });
  return page;
}
