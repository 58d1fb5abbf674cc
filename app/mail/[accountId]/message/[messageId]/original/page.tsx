import { notFound } from "next/navigation";
import { BackLink } from "#components/mail/back-link.tsx";
import { SearchBox } from "#components/mail/search-box.tsx";
import { OriginalView } from "#components/message/original/original-view.tsx";
import { TopBar } from "#components/shell/top-bar.tsx";
import { TroubleNotice } from "#components/shell/trouble-notice.tsx";
import { asMessageId } from "#lib/domain/ids.ts";
import { messagePartPath, messagePath } from "#lib/domain/paths.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { titled } from "#lib/i18n/titled.ts";
import { limitPerson } from "#lib/request/limit.ts";
import { beginningOf } from "#lib/request/read-once.ts";
import { timeZone } from "#lib/request/time-zone.ts";
import { requestSignal } from "#lib/request/visit.ts";
import { requireAccount } from "#lib/session/require-account.ts";
import { readOriginal } from "#lib/use-cases/messages/read-original.ts";

type Props = PageProps<"/mail/[accountId]/message/[messageId]/original">;

export const generateMetadata = titled("original.page");

/** A message as it was sent: its headers beside what they mean, the way it took, its source. */
export default async function OriginalPage({ params }: Props) {
  const { accountId, messageId } = await params;
  const path = messagePartPath(accountId, messageId, "original");
  const { account, user } = await requireAccount(accountId, path);
  await limitPerson("download", user);
  const id = asMessageId(messageId) ?? notFound();
  const [outcome, t] = await Promise.all([readOriginal(account.id, id, requestSignal()), requestWords()]);
  const trouble = outcome.ok ? null : outcome.trouble === "not-found" ? notFound() : outcome.trouble;
  const [known, zone] = await Promise.all([beginningOf(account.id, id), timeZone()]);
  return (
    <div>
      <TopBar>
        <BackLink
          href={messagePath(accountId, messageId)}
          label={t("original.back")}
          title={t("original.backKey")}
        />
        <SearchBox accountId={account.id} query="" />
      </TopBar>
      <main id="main">
        {trouble && <TroubleNotice {...{ trouble, accountId, path }} />}
        {outcome.ok && <OriginalView original={outcome.content} {...{ accountId, id, known, zone }} />}
      </main>
    </div>
  );
}
