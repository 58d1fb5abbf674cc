import { Filling } from "#components/mail/filling.tsx";
import type { AccountId } from "#lib/domain/mail.ts";
import { localeOf } from "#lib/i18n/languages.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { accountLabels } from "#lib/request/read-once.ts";

/** How far the mailbox has been brought in, as long as that goes on. */
export async function MailboxFilling({ accountId }: { readonly accountId: AccountId }) {
  const outcome = await accountLabels(accountId);
  if (!outcome.ok) return null;
  const t = await requestWords();
  const words = { locale: localeOf[t.language], title: t("list.filling"), filled: t.raw("list.filled") };
  return <Filling accountId={accountId} state={outcome.filled} words={words} />;
}
