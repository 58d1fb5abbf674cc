import "server-only";
import { database } from "../../db/client.ts";
import type { Message, MessageId } from "../../domain/mail.ts";
import type { PageRow } from "../../domain/message-page.ts";
import { type GmailError, reachOf } from "../../gmail/gmail-error.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import { refusedOf } from "../../mailbox/failed-messages.ts";
import { readMessages } from "../../mailbox/message-rows.ts";
import { wantedOf } from "../../mailbox/wanted-messages.ts";
import { metadataOf, rowOf } from "../../message/summary.ts";
import type { Copy } from "../copy/begin-copy.ts";
import { type BroughtIn, bringIn } from "../copy/bring-in.ts";
import { reportDamaged, rowOfCopy } from "../copy/rows-of-copy.ts";
import { waitFor } from "../copy/wait-for-rows.ts";
import { messagesWithinQuota } from "../google/quota.ts";

export interface RowsBrought {
  readonly rows: readonly PageRow[];
  /** Whether all that was fetched is in the copy now. */
  readonly stored: boolean;
  /** What Google said instead of giving some of them. */
  readonly failure: GmailError | null;
}

/**
 * The rows of messages that Gmail has listed, in its order: out of the copy, and from Gmail what the copy lacks, as far as
 * the quota of the moment reaches. The rest comes by itself: a job that goes before all others fetches it.
 */
export async function readRowsOf(
  copy: Copy,
  mailbox: Mailbox,
  ids: readonly MessageId[],
  revision: bigint,
): Promise<RowsBrought> {
  const stored = await readMessages(database(), copy.sealer, copy.accountId, ids);
  const withheld = await reportDamaged(copy.accountId, stored.values());
  const missing = ids.filter((id) => !stored.has(id));
  const { refused, brought } = await fetchMissing(copy, mailbox, missing, revision);
  const fetched = new Map(brought.found.map((message) => [message.id, message]));
  const awaited = new Set(
    missing.filter((id) => !fetched.has(id) && !refused.has(id) && !brought.gone.has(id)),
  );
  await waitFor(copy.accountId, [...awaited]);
  const rows = ids.flatMap((id): PageRow[] => {
    const [known, fresh] = [stored.get(id), fetched.get(id)];
    if (known) return [rowOfCopy(known, withheld)];
    if (fresh) return [freshRow(fresh)];
    if (awaited.has(id)) return [{ kind: "awaited", id }];
    // Deleted between the list and the batch: there is nothing to say about it any more.
    return (refused.get(id) ?? "not-found") === "not-found" ? [] : [{ kind: "withheld", id }];
  });
  return { rows, stored: brought.stored, failure: failureOf(brought) };
}

/** Where Google gave some, it answers; where our own limit is reached, nobody has asked it. */
function failureOf({ found, failed }: BroughtIn): GmailError | null {
  const passing = failed.values().find(({ code }) => reachOf(code) === "passing");
  return found.length > 0 || passing?.reason === "own-limit" ? null : (passing ?? null);
}

const nothing: BroughtIn = { found: [], failed: new Map(), gone: new Set(), stored: true };

async function fetchMissing(
  copy: Copy,
  mailbox: Mailbox,
  missing: readonly MessageId[],
  revision: bigint,
): Promise<{ readonly refused: ReadonlyMap<MessageId, string>; readonly brought: BroughtIn }> {
  if (missing.length === 0) return { refused: new Map(), brought: nothing };
  const { accountId } = copy;
  const [refused, wanted, room] = await Promise.all([
    refusedOf(database(), accountId, missing),
    wantedOf(database(), accountId, missing),
    messagesWithinQuota(accountId, "show"),
  ]);
  // What is waited for already, another page or the job fetches; what Gmail refuses is asked for when its time comes.
  const open = missing.filter((id) => !refused.has(id) && !wanted.has(id));
  return { refused, brought: await bringIn(copy, mailbox, nearest(open, room), revision) };
}

/** The first ones, and the last of all: from there one gets on to older pages. */
function nearest(ids: readonly MessageId[], room: number): readonly MessageId[] {
  return ids.length <= room || room < 1 ? ids.slice(0, room) : [...ids.slice(0, room - 1), ...ids.slice(-1)];
}

const freshRow = (message: Message): PageRow => ({
  kind: "message",
  message: rowOf(message, metadataOf(message)),
});
