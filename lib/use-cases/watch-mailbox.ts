import "server-only";
import { database } from "../db/client.ts";
import { env } from "../env.ts";
import { GmailError, reachOf } from "../gmail/gmail-error.ts";
import type { Mailbox } from "../gmail/mailbox.ts";
import { moveMirror, readMirror } from "../mailbox/mirror.ts";
import { log } from "../telemetry/log.ts";
import type { Copy } from "./copy.ts";

/** Gmail's notifications end after seven days, and should be asked for daily. */
const renewedAfterMs = 24 * 3_600_000;

/**
 * Asks Gmail to notify us of changes, where a topic for that is set and it was not asked for a day. 100 units.
 * @see https://developers.google.com/workspace/gmail/api/guides/push#renewing_mailbox_watch
 */
export async function keepWatching({ accountId }: Copy, mailbox: Mailbox): Promise<void> {
  const topic = env().PUBSUB_TOPIC;
  if (!topic) return;
  const mirror = await readMirror(database(), accountId);
  if (!mirror || (mirror.watchAskedAt?.getTime() ?? 0) > Date.now() - renewedAfterMs) return;
  try {
    await mailbox.watch(topic);
  } catch (error) {
    // A topic that does not exist, or that Gmail may not write to, is the operator's to mend: the schedule goes on.
    if (!(error instanceof GmailError) || reachOf(error.code) === "passing") throw error;
    log.error({ accountId, failure: error.code, reason: error.reason }, "Gmail does not accept PUBSUB_TOPIC");
  }
  await moveMirror(database(), accountId, { watchAskedAt: new Date() });
}
