import { notFound } from "next/navigation";
import { BackLink } from "#components/mail/back-link.tsx";
import { SearchBox } from "#components/mail/search-box.tsx";
import { TopBar } from "#components/shell/top-bar.tsx";
import { asMessageId } from "#lib/domain/ids.ts";
import { inboxPath, messagePath } from "#lib/domain/paths.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { titled } from "#lib/i18n/titled.ts";
import { shownMessage } from "#lib/request/read-once.ts";
import { syncIfStaleAfterwards } from "#lib/request/sync-if-stale.ts";
import { requireAccount } from "#lib/session/require-account.ts";
import { MessageInTrouble, ShownMessage } from "./message.tsx";

type Props = PageProps<"/mail/[accountId]/message/[messageId]">;

export const generateMetadata = titled("message.page");

/** One message. Nothing is sent before Google has answered: a message that is not there is a 404. */
export default async function MessagePage({ params }: Props) {
  const { accountId, messageId } = await params;
  const path = messagePath(accountId, messageId);
  const { account } = await requireAccount(accountId, path);
  const id = asMessageId(messageId) ?? notFound();
  const outcome = await shownMessage(account.id, id);
  syncIfStaleAfterwards(account.id);
  const trouble = outcome.ok ? null : outcome.trouble === "not-found" ? notFound() : outcome.trouble;
  const t = await requestWords();
  return (
    <div>
      <TopBar>
        <BackLink href={inboxPath(account.id)} label={t("message.back")} title={t("message.backKey")} />
        <SearchBox accountId={account.id} query="" />
      </TopBar>
      <main id="main">
        {trouble && <MessageInTrouble {...{ path, id, trouble }} accountId={account.id} />}
        {outcome.ok && (
          <ShownMessage
            path={path}
            accountId={account.id}
            message={outcome.content}
            ownAddress={account.email}
          />
        )}
      </main>
    </div>
  );
}
