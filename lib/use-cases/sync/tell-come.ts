import "server-only";
import { database } from "../../db/client.ts";
import type { LabelId, Message } from "../../domain/mail.ts";
import { lockCopyHead, moveCopyHead } from "../../mailbox/copy-head.ts";
import { forgetFailed } from "../../mailbox/failed-messages.ts";
import { countByList } from "../../mailbox/listed-labels.ts";
import type { Copy } from "../copy/begin-copy.ts";
import { tellMailboxEvent } from "./mailbox-events.ts";

/** Messages have come into the copy that no history tells of: open pages show them at once. */
export async function tellCome({ accountId }: Copy, found: readonly Message[]): Promise<void> {
  await database().$transaction(async (tx) => {
    const head = await lockCopyHead(tx, accountId);
    if (!head) return;
    const ids = found.map(({ id }) => id);
    await forgetFailed(tx, accountId, ids);
    await moveCopyHead(tx, accountId, { changed: true });
    const labels = new Map<string, readonly LabelId[]>(found.map(({ id, labelIds }) => [id, labelIds]));
    const revision = head.revision + 1n;
    await tellMailboxEvent(tx, { accountId, revision }, { added: countByList(labels), arrived: ids });
  });
}
