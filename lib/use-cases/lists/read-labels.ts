import "server-only";
import { database } from "../../db/client.ts";
import { unlessFull } from "../../db/unless-full.ts";
import { type CopyHead, type FillingProgress, progressOf } from "../../domain/copy-head.ts";
import type { AccountId, Label, LabelCounts, LabelId } from "../../domain/mail.ts";
import type { Trouble } from "../../domain/trouble.ts";
import { storeCounts } from "../../mailbox/labels.ts";
import { begunCopy } from "../copy/begin-copy.ts";
import { countedLabels, labelsOfCopy } from "../copy/labels-of-copy.ts";
import { openCopyToRead, type RequestCopy } from "../copy/open-copy.ts";
import { mailboxFor } from "../google/mailbox-for.ts";
import { troubleOf } from "../google/trouble-of.ts";
import { letRowsGoFirst } from "./rows-first.ts";

export type LabelsOutcome =
  | {
      readonly ok: true;
      readonly labels: readonly Label[];
      readonly counts: ReadonlyMap<LabelId, LabelCounts>;
      readonly filled: FillingProgress;
    }
  | { readonly ok: false; readonly trouble: Trouble };

/** An account's labels, and as far as they are known their counts: out of the copy, which is begun if there is none. */
export async function readLabels({ accountId, copy: opening, signal }: RequestCopy): Promise<LabelsOutcome> {
  try {
    const copy = await opening;
    if (copy.head) return known(labelsOfCopy(copy.labels, copy.head), copy.head);
    const { head, labels } = await begunCopy(copy, mailboxFor(accountId, signal));
    if (labels) return known({ labels, counts: new Map() }, head);
    return known(labelsOfCopy((await openCopyToRead(accountId)).labels, head), head);
  } catch (error) {
    return { ok: false, trouble: await troubleOf(error, accountId) };
  }
}

const known = (labels: ReturnType<typeof labelsOfCopy>, head: CopyHead): LabelsOutcome => ({
  ok: true,
  ...labels,
  filled: progressOf(head),
});

/** Counts beside labels help and are not what anybody came for: without them the names stand alone. */
export async function readLabelCounts(
  accountId: AccountId,
  known: Extract<LabelsOutcome, { ok: true }>,
  signal?: AbortSignal,
): Promise<ReadonlyMap<LabelId, LabelCounts>> {
  const missing = countedLabels(known.labels).filter((id) => !known.counts.has(id));
  if (missing.length === 0) return known.counts;
  await letRowsGoFirst(accountId);
  try {
    const counts = await mailboxFor(accountId, signal).countLabels(missing);
    await unlessFull(storeCounts(database(), accountId, counts), undefined);
    return new Map([...known.counts, ...counts]);
  } catch (error) {
    await troubleOf(error, accountId);
    return known.counts;
  }
}
