import { Filling } from "#components/mail/filling.tsx";
import type { AccountId } from "#lib/domain/mail.ts";
import { accountLabels } from "#lib/request/account-labels.ts";

/** How far the mailbox has been brought in, as long as that goes on. */
export async function MailboxFilling({ accountId }: { readonly accountId: AccountId }) {
  const outcome = await accountLabels(accountId);
  return outcome.ok && <Filling accountId={accountId} state={outcome.filled} />;
}
