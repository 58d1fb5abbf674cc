import "server-only";
import { z } from "zod";
import { database, type Transaction } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import { env } from "../../env.ts";
import { readCopyHead } from "../../mailbox/copy-head.ts";
import { OAuthError } from "../../oauth/oauth-error.ts";
import { isFromPubSub } from "../../oauth/push-token.ts";
import { enqueueMailJob } from "../../queue/mail-jobs.ts";
import { log } from "../../telemetry/log.ts";

/**
 * `taken` also says of a notification that it was taken before, or is about nothing of ours: it need not come again. Nor need
 * one that is genuine and `unreadable`: it would be so each time.
 */
export type PushOutcome = "taken" | "forged" | "unreadable" | "off" | "not-now";

/** Pub/Sub's own are some hundred bytes. */
const longestBody = 20_000;

const envelope = z.object({ message: z.object({ data: z.string(), messageId: z.string().min(1).max(200) }) });
const notification = z.object({
  emailAddress: z.string().min(3).max(320),
  historyId: z.union([z.number().int().nonnegative(), z.string().regex(/^\d{1,19}$/)]),
});

/**
 * A mailbox has changed: its account's sync is queued at once. Only the queue is written to, so Pub/Sub is answered at
 * once; what has changed is asked of Gmail, never taken from here.
 * @see https://developers.google.com/workspace/gmail/api/guides/push#receiving_notifications
 */
export async function receivePush(request: Request): Promise<PushOutcome> {
  const { GOOGLE_ISSUER: issuer, PUBSUB_AUDIENCE: audience, PUBSUB_SERVICE_ACCOUNT: serviceAccount } = env();
  if (!audience || !serviceAccount) return "off";
  try {
    const genuine = await isFromPubSub(request.headers.get("authorization"), {
      issuer,
      audience,
      serviceAccount,
    });
    if (!genuine) return "forged";
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    log.warn(
      { event: "push.postponed", failure: error.code },
      "a push could not be judged: Google's keys did not come",
    );
    return "not-now";
  }
  const body = await request.text();
  const pushed = parse(body);
  if (pushed) return take(pushed);
  log.error(
    { event: "push.unreadable", characters: body.length },
    "a push that Google has signed cannot be read; it is acknowledged, and mailboxes are followed by the schedule",
  );
  return "unreadable";
}

interface Pushed {
  readonly pubSubId: string;
  readonly emailAddress: string;
  readonly historyId: bigint;
}

function parse(body: string): Pushed | null {
  if (body.length > longestBody) return null;
  try {
    const { message } = envelope.parse(JSON.parse(body));
    const told = notification.parse(JSON.parse(Buffer.from(message.data, "base64").toString("utf8")));
    return {
      pubSubId: message.messageId,
      emailAddress: told.emailAddress,
      historyId: BigInt(told.historyId),
    };
  } catch {
    return null; // Not JSON, or not of the form that Gmail sends.
  }
}

/** All or nothing: a notification whose sync could not be queued is not taken, and comes again. */
async function take({ pubSubId, emailAddress, historyId }: Pushed): Promise<PushOutcome> {
  await database().$transaction(async (tx) => {
    if (!(await takeReceipt(tx, pubSubId))) return;
    const accounts = await tx.$queryRaw<{ id: AccountId }[]>`
      SELECT id FROM "Account" WHERE state = 'ACTIVE' AND id IN (
        SELECT id FROM "Account" WHERE lower(email COLLATE "C") = lower(${emailAddress} COLLATE "C")
        UNION
        SELECT "accountId" FROM "Mirror" WHERE lower("emailAddress" COLLATE "C") = lower(${emailAddress} COLLATE "C")
      )`;
    for (const { id: accountId } of accounts) {
      const head = await readCopyHead(tx, accountId);
      // A late one tells of what was worked in already.
      const isNews = head !== null && BigInt(head.historyId) < historyId;
      if (isNews) await enqueueMailJob(tx, { task: "sync-mailbox", accountId });
    }
  });
  return "taken";
}

/** Takes a notification of Pub/Sub. @returns false when it was taken before */
async function takeReceipt(tx: Transaction, messageId: string): Promise<boolean> {
  const { count } = await tx.pushReceipt.createMany({ data: [{ messageId }], skipDuplicates: true });
  return count === 1;
}

/** Forgets notifications from before then. */
export async function sweepReceipts(tx: Transaction, before: Date): Promise<void> {
  await tx.pushReceipt.deleteMany({ where: { receivedAt: { lt: before } } });
}
