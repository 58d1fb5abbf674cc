import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BackLink } from "#components/mail/back-link.tsx";
import { PositionSkeleton } from "#components/mail/position.tsx";
import { SearchBox } from "#components/mail/search-box.tsx";
import { TopBar } from "#components/shell/top-bar.tsx";
import { TroubleNotice } from "#components/shell/trouble-notice.tsx";
import { asMessageId } from "#lib/domain/ids.ts";
import { listPath, messagePath, rowAnchor } from "#lib/domain/paths.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { limitSearch } from "#lib/request/limit.ts";
import { readMessageAddress } from "#lib/request/message-address.ts";
import { shownConversation } from "#lib/request/read-once.ts";
import { Streamed } from "#lib/request/streamed.tsx";
import { syncIfStaleAfterwards } from "#lib/request/sync-if-stale.ts";
import { requireAccount } from "#lib/session/require-account.ts";
import { ShownConversation } from "./message.tsx";
import { Place } from "./place.tsx";
import { titleOf } from "./title.ts";

type Props = PageProps<"/mail/[accountId]/message/[messageId]">;

export const generateMetadata = ({ params, searchParams }: Props): Promise<Metadata> =>
  titleOf(params, searchParams);

/** One message in its conversation. Nothing is sent before it is known: a message that is not there is a 404. */
export default async function MessagePage({ params, searchParams }: Props) {
  const { accountId, messageId } = await params;
  const address = readMessageAddress(await searchParams);
  const path = messagePath(accountId, messageId, address);
  const { account, user } = await requireAccount(accountId, path);
  const id = asMessageId(messageId) ?? notFound();
  // The place in a search is found by searching.
  if (address.query) await limitSearch(user, address.query, address.cursor);
  const outcome = await shownConversation(account.id, id, address.open);
  syncIfStaleAfterwards(account.id);
  const trouble = outcome.ok ? null : outcome.trouble === "not-found" ? notFound() : outcome.trouble;
  const t = await requestWords();
  const back = `${listPath(account.id, address.list, address)}#${rowAnchor(id)}`;
  return (
    <div>
      <TopBar>
        <BackLink href={back} label={t("message.back")} title={t("message.backKey")} />
        <SearchBox accountId={account.id} query={address.query} />
        <Streamed fallback={<PositionSkeleton />}>
          <Place {...{ id, address }} accountId={account.id} />
        </Streamed>
      </TopBar>
      <main id="main">
        {outcome.ok && (
          <ShownConversation key={id} {...{ account, id, address }} conversation={outcome.conversation} />
        )}
        {trouble && <TroubleNotice accountId={account.id} {...{ path, trouble }} />}
      </main>
    </div>
  );
}
