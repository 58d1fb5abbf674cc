import { Filling } from "#components/mail/filling.tsx";
import type { AccountId } from "#lib/domain/mail.ts";
import { mailboxState } from "#lib/use-cases/mailbox-state.ts";

/** How far the mailbox has been brought in, as long as that goes on. */
export async function MailboxFilling({ accountId }: { readonly accountId: AccountId }) {
  const state = await mailboxState(accountId);
  return <Filling accountId={accountId} state={state?.filled ?? { messages: 0, about: 0, done: true }} />;
}
