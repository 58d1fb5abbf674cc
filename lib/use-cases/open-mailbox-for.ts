import "server-only";
import type { AccountId } from "../domain/mail.ts";
import { env } from "../env.ts";
import type { Mailbox } from "../gmail/mailbox.ts";
import { openMailbox } from "../gmail/open-mailbox.ts";
import { accessTokenFor } from "./access-token-for.ts";

/** A person looks at a page that waits: longer than this, it says that Google is not answering. */
const personDeadlineMs = 8_000;

/** A download shows its own progress, and may be 25 MB. */
export const downloadDeadlineMs = 120_000;

/**
 * The account's mailbox for the length of a request. A 401 costs one refresh and one repetition; calls for one
 * account follow each other, whichever request they belong to.
 */
export function openMailboxFor(
  accountId: AccountId,
  signal?: AbortSignal | null,
  deadlineMs = personDeadlineMs,
): Mailbox {
  return openMailbox({
    access: {
      token: () => accessTokenFor(accountId),
      renew: (rejected) => accessTokenFor(accountId, { rejected }),
    },
    rootUrl: env().GMAIL_ROOT_URL,
    deadlineMs,
    queueKey: accountId,
    ...(signal ? { signal } : {}),
  });
}
