import "server-only";
import { database } from "../../db/client.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import { type CopyHeadChange, readCopyHead } from "../../mailbox/copy-head.ts";
import { countFailed } from "../../mailbox/failed-messages.ts";
import { log } from "../../telemetry/log.ts";
import type { Copy } from "../copy/begin-copy.ts";
import { agrees } from "./agrees.ts";
import { distanceMs, doubtful } from "./distance.ts";

/**
 * What moves a copy whose filling has come to the end of Gmail's list: it is filled; or, when Gmail has counted more messages
 * than have come, the list is gone through once more from its top, at growing distances. 1 unit.
 * @throws QuotaPause, GmailError, OAuthError
 */
export async function endOfFilling({ accountId }: Copy, mailbox: Mailbox): Promise<CopyHeadChange> {
  const { messagesTotal } = await mailbox.getProfile();
  const head = await readCopyHead(database(), accountId);
  const failed = await countFailed(database(), accountId);
  if (!head || agrees(head.messages + failed, messagesTotal)) {
    return { filledAt: new Date(), fillToken: null, filledDownToMs: 0, fillDoubts: 0, fillAgainAt: null };
  }
  const fillDoubts = head.fillDoubts + 1;
  log.warn(
    { event: "list.doubted", accountId, fillDoubts },
    "Gmail's list is shorter than its own count; it is asked for again",
  );
  return {
    fillToken: null,
    fillDoubts,
    fillAgainAt: new Date(Date.now() + distanceMs(doubtful, fillDoubts)),
  };
}
