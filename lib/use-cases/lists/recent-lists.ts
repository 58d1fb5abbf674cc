import { LRUCache } from "lru-cache";
import type { AccountId } from "../../domain/mail.ts";
import { perProcess } from "../../domain/per-process.ts";
import { GmailError, reachOf } from "../../gmail/gmail-error.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import type { MessageIdPage } from "../../gmail/process-message-ids.ts";
import type { MessageQuery } from "../../gmail/wire.ts";

/**
 * Lists of ids whose rows have not all come. A page that waits for its rows is drawn again whenever some have come: it keeps
 * its order then, costs Gmail nothing, and stays when Gmail is away. Once all rows are here, Gmail is asked again.
 */
interface RecentList {
  readonly page: MessageIdPage;
  readonly revision: bigint;
}

const lists = perProcess(
  "recent-lists",
  () => new LRUCache<string, RecentList>({ max: 500, ttl: 2 * 60_000, ttlAutopurge: true }),
);

/** The lists that one reading asks for. */
export interface Lists {
  /** The list of a moment ago, if its rows were not all here; otherwise Gmail's. 5 units then. @throws GmailError */
  list(query: MessageQuery): Promise<MessageIdPage>;
  /** Why a list of a moment ago had to do, though the copy has changed since. */
  failure(): GmailError | null;
  /**
   * Says whether all rows of these lists are here.
   * @param revision the copy's
   */
  note(complete: boolean, revision: bigint): void;
}

/** @param revision the copy's: when something has changed, a list may have, too */
export function openLists(accountId: AccountId, revision: bigint, mailbox: Mailbox): Lists {
  const given = new Map<string, MessageIdPage>();
  let failure: GmailError | null = null;

  async function give(query: MessageQuery, key: string): Promise<MessageIdPage> {
    const kept = lists().get(key);
    if (kept?.revision === revision) return kept.page;
    try {
      return await mailbox.listMessageIds(query);
    } catch (error) {
      if (!kept || !(error instanceof GmailError) || reachOf(error.code) !== "passing") throw error;
      failure = error;
      return kept.page;
    }
  }

  return {
    async list(query) {
      const key = `${accountId} ${JSON.stringify(query)}`;
      const page = await give(query, key);
      given.set(key, page);
      return page;
    },
    failure: () => failure,
    note(complete, now) {
      for (const [key, page] of given)
        if (complete) lists().delete(key);
        else lists().set(key, { page, revision: now }, { noUpdateTTL: lists().get(key)?.page === page });
    },
  };
}
