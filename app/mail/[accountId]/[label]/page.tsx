import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MessageListSkeleton } from "#components/mail/message-list.tsx";
import { PositionSkeleton } from "#components/mail/position.tsx";
import { SearchBox } from "#components/mail/search-box.tsx";
import { TopBar } from "#components/shell/top-bar.tsx";
import { isSystemView, labelViewOf } from "#lib/domain/label-view.ts";
import { listPath } from "#lib/domain/paths.ts";
import { viewName } from "#lib/i18n/list-words.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { accountLabels } from "#lib/request/account-labels.ts";
import { keepFreshAfterwards } from "#lib/request/keep-fresh.ts";
import { limitSearch } from "#lib/request/limit.ts";
import { readListAddress } from "#lib/request/list-address.ts";
import { messagePage } from "#lib/request/message-page.ts";
import { Streamed } from "#lib/request/streamed.tsx";
import { requireAccount } from "#lib/session/require-account.ts";
import { ListPosition, Messages } from "./messages.tsx";

type Props = PageProps<"/mail/[accountId]/[label]">;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { query } = readListAddress(await searchParams);
  return { title: query || viewName(await requestWords(), (await params).label, []) };
}

/** A page of messages. */
export default async function ListPage({ params, searchParams }: Props) {
  const { accountId, label } = await params;
  const asked = readListAddress(await searchParams);
  const { account, user } = await requireAccount(accountId, listPath(accountId, label, asked));
  if (asked.query) await limitSearch(user, asked.query, asked.cursor);
  const view = labelViewOf(label);
  if (!view) notFound();
  const reading = { accountId: account.id, slug: view.slug, ...asked };
  const reads = messagePage(account.id, view.slug, asked.query, asked.cursor); // Under way while the shell is sent.
  keepFreshAfterwards(account.id);
  const labels = isSystemView(view) ? null : await accountLabels(account.id);
  if (labels?.ok && !labels.labels.some(({ id }) => id === view.labelId)) notFound();
  const t = await requestWords();
  const key = `${label} ${asked.query} ${asked.cursor}`;
  return (
    <div>
      <TopBar>
        <SearchBox accountId={account.id} query={asked.query} />
        <Streamed key={`position ${key}`} fallback={<PositionSkeleton />} waitsFor={reads}>
          <ListPosition {...reading} />
        </Streamed>
      </TopBar>
      <main id="main">
        <h1 className="sr-only">
          {asked.query
            ? t("list.search", { query: asked.query })
            : viewName(t, label, labels?.ok ? labels.labels : [])}
        </h1>
        {/* A search is never at hand at first, and may be when it is drawn again: the same tree keeps the focus. */}
        <Streamed key={key} fallback={<MessageListSkeleton />} {...(asked.query ? {} : { waitsFor: reads })}>
          <Messages {...reading} />
        </Streamed>
      </main>
    </div>
  );
}
