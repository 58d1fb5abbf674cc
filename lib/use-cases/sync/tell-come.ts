import "server-only";
import { database } from "../../db/client.ts";
import type { LabelId, Message } from "../../domain/mail.ts";
import { tellMailboxEvent } from "../../mailbox/events.ts";
import { forgetFailed } from "../../mailbox/failed-messages.ts";
import { countByList } from "../../mailbox/listed-labels.ts";
import { lockMirror, moveMirror } from "../../mailbox/mirror.ts";
import type { Copy } from "../copy/begin-copy.ts";

/** Messages have come into the copy that no history tells of: open pages show them at once. */
export async function tellCome({ accountId }: Copy, found: readonly Message[]): Promise<void> {
  await database().$transaction(async (tx) => {
    const mirror = await lockMirror(tx, accountId);
    if (!mirror) return;
    const ids = found.map(({ id }) => id);
    await forgetFailed(tx, accountId, ids);
    await moveMirror(tx, accountId, { changed: true });
    const labels = new Map<string, readonly LabelId[]>(found.map(({ id, labelIds }) => [id, labelIds]));
    const changes = mirror.changes + 1n;
    await tellMailboxEvent(tx, { accountId, changes }, { added: countByList(labels), arrived: ids });
  });
}
