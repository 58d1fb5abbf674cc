import "server-only";
import { database } from "../../db/client.ts";
import type { CopyHead } from "../../domain/copy-head.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import { moveCopyHead } from "../../mailbox/copy-head.ts";
import { log } from "../../telemetry/log.ts";
import type { Copy } from "../copy/begin-copy.ts";
import { bringNewest } from "./bring-newest.ts";
import { distanceMs } from "./distance.ts";
import { beginListing } from "./full-sync.ts";

const apart = { firstMs: 2 * 60_000, factor: 3, longestMs: 6 * 3_600_000 };

/** Following has to go well for this long after the time of the next listing before the next one counts as the first. */
const calmMs = 3_600_000;

/**
 * Gmail does not tell the history since the copy's history id. A mailbox that stands where the copy stands is in step all the
 * same. Otherwise it is listed anew, and listings of one account keep a growing distance, whoever reads; until then the
 * newest messages are brought in without history.
 * @returns what was done
 */
export async function relist(
  copy: Copy,
  mailbox: Mailbox,
  head: CopyHead,
): Promise<"in-step" | "begun" | "later"> {
  const profile = await mailbox.getProfile();
  if (profile.historyId === head.historyId) return "in-step";
  const now = Date.now();
  if (head.relistAt && head.relistAt.getTime() > now) {
    await bringNewest(copy, mailbox, head);
    return "later";
  }
  const relistings = head.relistings + 1;
  const waitMs = distanceMs(apart, relistings);
  // Written before anything is asked for: whatever becomes of this listing, the next one keeps its distance.
  await moveCopyHead(database(), copy.accountId, { relistings, relistAt: new Date(now + waitMs) });
  log.info(
    { event: "sync.full.started", accountId: copy.accountId, relistings },
    "Gmail's history has expired; the mailbox is listed anew",
  );
  await beginListing(copy, mailbox, head);
  return "begun";
}

/** History was told. After a while of that, an expired one is an exception again. */
export async function noteFollowed({ accountId }: Copy, { relistings, relistAt }: CopyHead): Promise<void> {
  if (relistings === 0 || (relistAt && relistAt.getTime() > Date.now() - calmMs)) return;
  await moveCopyHead(database(), accountId, { relistings: 0, relistAt: null });
}
