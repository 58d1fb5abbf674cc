import "server-only";
import { inBulk } from "../../db/as-job.ts";
import { database } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import { forgetMailbox } from "../../mailbox/forget-mailbox.ts";
import { discardCredential } from "../../vault/credential-store.ts";
import { lockAccount } from "../../vault/lock-account.ts";

/**
 * Removes what an account's data key has sealed, with the key: no key of this server opens it, so it is noise. Mail is
 * brought in anew under another key. A large mailbox takes a while.
 */
export const discardSealed = (accountId: AccountId): Promise<void> =>
  inBulk(() =>
    database().$transaction(async (tx) => {
      await lockAccount(tx, accountId);
      await discardCredential(tx, accountId);
      await forgetMailbox(tx, accountId);
    }),
  );
