import "server-only";
import { database } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import { env } from "../../env.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import { mailboxClient } from "../../gmail/mailbox-client.ts";
import type { GmailAccess } from "../../gmail/operation.ts";
import { notePause, pauseLeftMs } from "../../mailbox/quota.ts";
import { metrics } from "../../telemetry/metrics.ts";
import { accessTokenFor } from "./access-token-for.ts";
import {
  bookForJob,
  bookForPerson,
  QuotaPause,
  requireNoPause,
  type Share,
  shareOf,
  type Work,
} from "./quota.ts";

/** A person looks at a page that waits: longer than this, it says that Google is not answering. */
const personDeadlineMs = 8_000;

/** A job does a little at a time, and is tried again. */
const jobDeadlineMs = 8_000;

/** A download shows its own progress, and may be 25 MB. */
export const downloadDeadlineMs = 120_000;

/**
 * The account's mailbox for the length of a request. A 401 costs one refresh and one repetition; calls for one
 * account follow each other, whichever request they belong to; what they cost is booked before they are made.
 */
export function mailboxFor(
  accountId: AccountId,
  signal?: AbortSignal | null,
  deadlineMs = personDeadlineMs,
): Mailbox {
  return mailboxClient({
    access: accessOf(accountId, "person"),
    rootUrl: env().GMAIL_ROOT_URL,
    deadlineMs,
    queueKey: accountId,
    onPause: (waitMs) => notePause(database(), accountId, waitMs),
    onAnswer: countCall,
    onCall: async (call) => {
      await requireNoPause(accountId);
      await bookForPerson(accountId, call);
    },
    ...(signal ? { signal } : {}),
  });
}

/**
 * The account's mailbox for one turn of a job (a second or two). The job waits for its share of the quota outside of
 * the calls; its token, and whether the owner is reading, are asked for once a turn.
 * @throws QuotaPause from its methods when a call does not fit the share
 */
export function mailboxForJob(accountId: AccountId, work: Work, signal: AbortSignal): Mailbox {
  const { token, renew } = accessOf(accountId, "job");
  let current: Promise<string> | null = null;
  let share: Promise<Share> | null = null;
  const access: GmailAccess = {
    token: () => {
      current ??= token();
      return current;
    },
    renew: (rejected) => {
      current = renew(rejected);
      return current;
    },
  };
  return mailboxClient({
    access,
    rootUrl: env().GMAIL_ROOT_URL,
    deadlineMs: jobDeadlineMs,
    queueKey: accountId,
    onPause: (waitMs) => notePause(database(), accountId, waitMs),
    onAnswer: countCall,
    onCall: async (call) => {
      const waitMs = await pauseLeftMs(database(), accountId);
      if (waitMs > 0) throw new QuotaPause(waitMs);
      share ??= shareOf(accountId, work);
      await bookForJob(accountId, call, await share);
    },
    signal,
  });
}

const countCall = (method: string, status: number | string): void =>
  metrics().calls.inc({ method, status: String(status) });

const accessOf = (accountId: AccountId, by: "person" | "job") => ({
  token: () => accessTokenFor(accountId, { by }),
  renew: (rejected: string) => accessTokenFor(accountId, { by, rejected }),
});
