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
interface Kept {
  readonly page: MessageIdPage;
  readonly changes: bigint;
  readonly untilMs: number;
}

const keptForMs = 2 * 60_000;
const keptAtMost = 500;

const lists = perProcess("recent-lists", () => new Map<string, Kept>());

/** The lists that one reading asks for. */
export interface Lists {
  /** The list of a moment ago, if its rows were not all here; otherwise Gmail's. 5 units then. @throws GmailError */
  list(query: MessageQuery): Promise<MessageIdPage>;
  /** Why a list of a moment ago had to do, though the copy has changed since. */
  failure(): GmailError | null;
  /**
   * Says whether all rows of these lists are here.
   * @param changes the copy's
   */
  note(complete: boolean, changes: bigint): void;
}

/** @param changes the copy's: when something has changed, a list may have, too */
export function openLists(accountId: AccountId, changes: bigint, mailbox: Mailbox): Lists {
  const given = new Map<string, MessageIdPage>();
  let failure: GmailError | null = null;

  async function give(query: MessageQuery, key: string): Promise<MessageIdPage> {
    const kept = lists().get(key);
    const recent = kept && kept.untilMs > Date.now() ? kept : null;
    if (recent?.changes === changes) return recent.page;
    try {
      return await mailbox.listMessageIds(query);
    } catch (error) {
      if (!recent || !(error instanceof GmailError) || reachOf(error.code) !== "passing") throw error;
      failure = error;
      return recent.page;
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
        else keep(key, page, now);
    },
  };
}

function keep(key: string, page: MessageIdPage, changes: bigint): void {
  const known = lists().get(key);
  const untilMs = known?.page === page ? known.untilMs : Date.now() + keptForMs;
  lists().delete(key);
  lists().set(key, { page, changes, untilMs });
  const [oldest] = lists().keys();
  if (lists().size > keptAtMost && oldest !== undefined) lists().delete(oldest);
}
