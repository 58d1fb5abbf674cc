import "server-only";
import { database } from "../../db/client.ts";
import type { CopyHead } from "../../domain/copy-head.ts";
import { env } from "../../env.ts";
import { GmailError } from "../../gmail/gmail-error.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import { moveCopyHead } from "../../mailbox/copy-head.ts";
import { log } from "../../telemetry/log.ts";
import { distanceMs } from "./distance.ts";

/** Gmail's notifications end after seven days, and should be asked for daily. */
const renewedAfterMs = 24 * 3_600_000;

/** A topic that was refused may have been mended meanwhile. */
const refusedApart = { firstMs: 15 * 60_000, factor: 4, longestMs: renewedAfterMs };

/**
 * Asks Gmail to notify us of changes, where a topic for that is set: daily, at once when the topic or the grant is another
 * one, and at growing distances while it is refused. What it is answered holds up nothing else. 100 units.
 * @see https://developers.google.com/workspace/gmail/api/guides/push#renewing_mailbox_watch
 * @throws QuotaPause, OAuthError, AccountUnusableError
 */
export async function renewWatch(head: CopyHead, mailbox: Mailbox): Promise<void> {
  const topic = env().PUBSUB_TOPIC;
  if (!topic || !isDue(head, topic)) return;
  const { accountId } = head;
  const asked = { watchAskedAt: new Date(), watchTopic: topic };
  try {
    await mailbox.watch(topic);
    await moveCopyHead(database(), accountId, { ...asked, watchRefusals: 0 });
  } catch (error) {
    if (!(error instanceof GmailError) || error.code === "aborted") throw error;
    const watchRefusals = head.watchTopic === topic ? head.watchRefusals + 1 : 1;
    await moveCopyHead(database(), accountId, { ...asked, watchRefusals });
    // A topic that does not exist, or that Gmail may not write to, is the operator's to mend: the schedule goes on.
    const { code: failure, status, reason } = error;
    log.error(
      { event: "watch.refused", accountId, failure, status, reason, watchRefusals },
      "Gmail does not accept PUBSUB_TOPIC",
    );
  }
}

function isDue({ watchAskedAt, watchTopic, watchRefusals }: CopyHead, topic: string): boolean {
  if (watchAskedAt === null || watchTopic !== topic) return true;
  const waitMs = watchRefusals === 0 ? renewedAfterMs : distanceMs(refusedApart, watchRefusals);
  return watchAskedAt.getTime() <= Date.now() - waitMs;
}
