import { notFound } from "next/navigation";
import { BackLink } from "#components/mail/back-link.tsx";
import { ConfirmUnsubscribe } from "#components/message/confirm-unsubscribe.tsx";
import { TopBar } from "#components/shell/top-bar.tsx";
import { TroubleNotice } from "#components/shell/trouble-notice.tsx";
import { asMessageId } from "#lib/domain/ids.ts";
import { messagePath, unsubscribePath } from "#lib/domain/paths.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { titled } from "#lib/i18n/titled.ts";
import { asOutcome } from "#lib/i18n/unsubscribe-words.ts";
import { firstParam } from "#lib/request/search-params.ts";
import { requestSignal } from "#lib/request/visit.ts";
import { requireAccount } from "#lib/session/require-account.ts";
import { readMessage } from "#lib/use-cases/messages/read-message.ts";
import { leaveList } from "./actions.ts";

type Props = PageProps<"/mail/[accountId]/message/[messageId]/unsubscribe">;

export const generateMetadata = titled("unsubscribe.page");

/** Asks first, and says what came of it: nothing goes out to a list's server by a click on a message. */
export default async function Unsubscribe({ params, searchParams }: Props) {
  const { accountId, messageId } = await params;
  const path = unsubscribePath(accountId, messageId);
  const { account } = await requireAccount(accountId, path);
  const id = asMessageId(messageId) ?? notFound();
  const shown = await readMessage(account.id, id, requestSignal());
  const trouble = shown.ok ? null : shown.trouble === "not-found" ? notFound() : shown.trouble;
  const ways = shown.ok ? (shown.content.unsubscribe ?? notFound()) : null;
  const t = await requestWords();
  return (
    <div>
      <TopBar>
        <BackLink
          href={messagePath(account.id, id)}
          label={t("unsubscribe.back")}
          title={t("unsubscribe.back")}
        />
      </TopBar>
      <main id="main">
        {trouble && <TroubleNotice {...{ trouble, path }} accountId={account.id} more="" />}
        {ways && shown.ok && (
          <ConfirmUnsubscribe
            {...{ ways, leaveList }}
            accountId={account.id}
            messageId={id}
            from={shown.content.from}
            outcome={asOutcome(firstParam((await searchParams).outcome))}
          />
        )}
      </main>
    </div>
  );
}
