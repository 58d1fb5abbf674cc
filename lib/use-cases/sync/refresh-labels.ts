import "server-only";
import { database } from "../../db/client.ts";
import type { CopyHead } from "../../domain/copy-head.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import { lockCopyHead, moveCopyHead } from "../../mailbox/copy-head.ts";
import { storeLabels } from "../../mailbox/labels.ts";
import type { Copy } from "../copy/begin-copy.ts";
import { labelsNow } from "./labels-now.ts";
import { tellMailboxEvent } from "./mailbox-events.ts";

/** History says nothing of names. So they are asked for: often while somebody looks, seldom where nothing happens. */
export const labelsAgeMs = { reading: 20_000, changing: 15 * 60_000, idle: 24 * 3_600_000 } as const;

/** Asks for the labels if nobody has for this long, or if messages carry one that nobody has described. 1 unit. */
export async function refreshLabels(
  copy: Copy,
  mailbox: Mailbox,
  { labelsAt }: CopyHead,
  olderThanMs: number,
): Promise<void> {
  const { accountId, sealer } = copy;
  const age = Date.now() - (labelsAt?.getTime() ?? 0);
  if (age < olderThanMs && !(await hasUnknownLabels(copy))) return;
  const labels = await labelsNow(copy, mailbox);
  await database().$transaction(async (tx) => {
    const locked = await lockCopyHead(tx, accountId);
    if (!locked) return;
    const changed = await storeLabels(tx, sealer, accountId, labels);
    await moveCopyHead(tx, accountId, { labelsAt: new Date(), changed });
    if (changed) await tellMailboxEvent(tx, { accountId, revision: locked.revision + 1n }, { added: {} });
  });
}

async function hasUnknownLabels({ accountId }: Copy): Promise<boolean> {
  const unknown = await database().copiedLabel.findFirst({
    where: { accountId, labelSealed: null, labelId: { startsWith: "Label_" }, messages: { gt: 0 } },
    select: { labelId: true },
  });
  return unknown !== null;
}
