import "server-only";
import { closeDatabase } from "../db/client.ts";
import { env } from "../env.ts";
import { startWorker } from "../jobs/worker.ts";
import { type Answered, instance } from "../telemetry/instance.ts";
import { kindOfPath } from "../telemetry/kind-of-path.ts";
import { log, messageOf } from "../telemetry/log.ts";
import { metrics } from "../telemetry/metrics.ts";
import { closeMailboxEvents } from "../use-cases/sync/mailbox-events.ts";
import { outliveRejections } from "./outlive-rejections.ts";
import { tellStart } from "./tell-start.ts";

/** What this process does beside answering requests: works on the queue, and says how that ends. */
export function startInstance(): void {
  env();
  outliveRejections();
  const worker = startWorker();
  void tellStart();
  const { finish } = instance();
  instance().answered = countAnswer;
  finish.work = inGoodOrder(async () => worker?.stop());
  finish.connections = inGoodOrder(async () => {
    await Promise.all([closeMailboxEvents(), closeDatabase()]);
  });
}

function countAnswer(answer: Answered): void {
  const kind = kindOfPath(answer.path);
  const status = `${Math.floor(answer.status / 100)}xx`;
  metrics().forwarded.inc({ told: answer.forwarded });
  if (kind) metrics().answers.observe({ kind, status }, answer.ms / 1000);
  log.debug({ event: "request.answered", ...answer }, "answered");
}

const inGoodOrder = (end: () => Promise<void>) => async (): Promise<void> => {
  try {
    await end();
  } catch (error) {
    log.error({ event: "instance.end.failed", error: messageOf(error) }, "the end was not in good order");
  }
};
