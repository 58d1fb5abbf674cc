import "server-only";
import { database } from "../../db/client.ts";
import { unlessFull } from "../../db/unless-full.ts";
import { type CopyHead, unstoredHead } from "../../domain/copy-head.ts";
import type { AccountId, Label } from "../../domain/mail.ts";
import { perProcess } from "../../domain/per-process.ts";
import type { Sealer } from "../../domain/sealer.ts";
import { SingleFlight } from "../../domain/single-flight.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import { beginCopyHead, moveCopyHead, noteAddress, readCopyHead } from "../../mailbox/copy-head.ts";
import { storeLabels } from "../../mailbox/labels.ts";
import { enqueueMailJob } from "../../queue/mail-jobs.ts";
import { AccountUnusableError } from "../accounts/usable-account.ts";

/** The copy of an account's mailbox, and what opens it. */
export interface Copy {
  readonly accountId: AccountId;
  readonly sealer: Sealer;
}

export interface Begun {
  readonly head: CopyHead;
  /** What Gmail has said of them, where the copy was begun just now. */
  readonly labels: readonly Label[] | null;
}

// A page, its rail and a job may all be first: the mailbox is asked once.
const beginnings = perProcess("beginnings", () => new SingleFlight<AccountId, Begun>());

/** Where the copy stands; begins it where nobody has. 2 units then. */
export async function begunCopy(copy: Copy, mailbox: Mailbox): Promise<Begun> {
  const known = await begunBefore(copy);
  // Between the look and the call, another may have begun it.
  const makeSure = async () => (await begunBefore(copy)) ?? begin(copy, mailbox);
  return known ?? beginnings().do(copy.accountId, makeSure);
}

async function begunBefore({ accountId }: Copy): Promise<Begun | null> {
  const head = await readCopyHead(database(), accountId);
  return head && { head, labels: null };
}

async function begin({ accountId, sealer }: Copy, mailbox: Mailbox): Promise<Begun> {
  const [profile, labels] = await Promise.all([mailbox.getProfile(), mailbox.listLabels()]);
  const { historyId, messagesTotal: about } = profile;
  const keeping = database().$transaction(async (tx) => {
    // An account that is being destroyed gets no copy: its row is locked until that is done.
    const [usable] = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM "Account" WHERE id = ${accountId}::uuid AND state <> 'DISCONNECTED' FOR SHARE`;
    const head = usable ? await beginCopyHead(tx, accountId, { historyId, estimatedTotal: about }) : null;
    if (!head) throw new AccountUnusableError({ state: "DISCONNECTED", cause: "user" });
    await storeLabels(tx, sealer, accountId, labels);
    await moveCopyHead(tx, accountId, { labelsAt: new Date() });
    await noteAddress(tx, accountId, profile.emailAddress);
    // From now on there is something to follow, and to be notified of.
    await enqueueMailJob(tx, { task: "sync-mailbox", accountId });
    return head;
  });
  return {
    labels,
    head: await unlessFull(keeping, unstoredHead(accountId, { historyId, estimatedTotal: about })),
  };
}
