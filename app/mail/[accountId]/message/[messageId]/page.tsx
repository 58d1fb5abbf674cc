import { notFound } from "next/navigation";
import { BackLink } from "#components/mail/back-link.tsx";
import { SearchBox } from "#components/mail/search-box.tsx";
import { MessageBeginning } from "#components/message/message-beginning.tsx";
import { MessageView } from "#components/message/message-view.tsx";
import { StaleNotice } from "#components/shell/stale-notice.tsx";
import { TopBar } from "#components/shell/top-bar.tsx";
import { TroubleNotice } from "#components/shell/trouble-notice.tsx";
import { asMessageId } from "#lib/domain/ids.ts";
import { inboxPath, messagePath } from "#lib/domain/paths.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { titled } from "#lib/i18n/titled.ts";
import { frameSandbox } from "#lib/message/frame.ts";
import { accountLabels } from "#lib/request/account-labels.ts";
import { keepFreshAfterwards } from "#lib/request/keep-fresh.ts";
import { beginningOf, copyState, shownMessage } from "#lib/request/shown-message.ts";
import { timeZone } from "#lib/request/time-zone.ts";
import { requireAccount } from "#lib/session/require-account.ts";
import { chipNames } from "#lib/use-cases/lists/nav-labels.ts";

type Props = PageProps<"/mail/[accountId]/message/[messageId]">;

export const generateMetadata = titled("message.page");

/** One message. Nothing is sent before Google has answered: a message that is not there is a 404. */
export default async function MessagePage({ params }: Props) {
  const { accountId, messageId } = await params;
  const path = messagePath(accountId, messageId);
  const { account } = await requireAccount(accountId, path);
  const id = asMessageId(messageId) ?? notFound();
  const outcome = await shownMessage(account.id, id);
  keepFreshAfterwards(account.id);
  const trouble = outcome.ok ? null : outcome.trouble === "not-found" ? notFound() : outcome.trouble;
  const [labels, copy] = await Promise.all([accountLabels(account.id), copyState(account.id)]);
  const known = trouble && (await beginningOf(account.id, id));
  const [t, zone] = await Promise.all([requestWords(), timeZone()]);
  return (
    <div>
      <TopBar>
        <BackLink href={inboxPath(account.id)} label={t("message.back")} title={t("message.backKey")} />
        <SearchBox accountId={account.id} query="" />
      </TopBar>
      <main id="main">
        {trouble && (
          <TroubleNotice
            {...{ trouble, path }}
            accountId={account.id}
            more={known ? t("message.neverOpened") : ""}
          />
        )}
        {known && <MessageBeginning message={known} zone={zone} />}
        {outcome.ok && (
          <>
            {copy?.trouble && (
              <StaleNotice
                {...{ zone, path, now: new Date() }}
                accountId={account.id}
                trouble={copy.trouble}
                asOf={copy.asOf}
              />
            )}
            <MessageView
              message={outcome.content}
              accountId={account.id}
              zone={zone}
              sandbox={frameSandbox}
              labelNames={chipNames(labels.ok ? labels.labels : [], null)}
            />
          </>
        )}
      </main>
    </div>
  );
}
