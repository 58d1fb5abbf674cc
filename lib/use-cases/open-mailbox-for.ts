import "server-only";
import type { AccountId } from "../domain/mail.ts";
import { env } from "../env.ts";
import type { Mailbox } from "../gmail/mailbox.ts";
import { openMailbox } from "../gmail/open-mailbox.ts";
import { accessTokenFor } from "./access-token-for.ts";
import { bookForJob, bookForPerson } from "./quota.ts";

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
export function openMailboxFor(
  accountId: AccountId,
  signal?: AbortSignal | null,
  deadlineMs = personDeadlineMs,
): Mailbox {
  return openMailbox({
    access: accessOf(accountId, "person"),
    rootUrl: env().GMAIL_ROOT_URL,
    deadlineMs,
    queueKey: accountId,
    onCall: (call) => bookForPerson(accountId, call),
    ...(signal ? { signal } : {}),
  });
}

/** The same for a job, which waits for its share of the quota outside of the calls. Throws QuotaPause, too. */
export function openMailboxForJob(accountId: AccountId, signal: AbortSignal): Mailbox {
  return openMailbox({
    access: accessOf(accountId, "job"),
    rootUrl: env().GMAIL_ROOT_URL,
    deadlineMs: jobDeadlineMs,
    queueKey: accountId,
    onCall: (call) => bookForJob(accountId, call),
    signal,
  });
}

const accessOf = (accountId: AccountId, by: "person" | "job") => ({
  token: () => accessTokenFor(accountId, { by }),
  renew: (rejected: string) => accessTokenFor(accountId, { by, rejected }),
});
