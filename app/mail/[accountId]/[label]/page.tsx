import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MessageListSkeleton } from "#components/mail/message-list.tsx";
import { PositionSkeleton } from "#components/mail/position.tsx";
import { SearchBox } from "#components/mail/search-box.tsx";
import { TopBar } from "#components/shell/top-bar.tsx";
import { isGmailsOwn, mailListOf } from "#lib/domain/mail-list.ts";
import { listPath } from "#lib/domain/paths.ts";
import { listName } from "#lib/i18n/list-words.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { limitSearch } from "#lib/request/limit.ts";
import { accountLabels, messagePage } from "#lib/request/read-once.ts";
import { readListAddress } from "#lib/request/search-params.ts";
import { Streamed } from "#lib/request/streamed.tsx";
import { syncIfStaleAfterwards } from "#lib/request/sync-if-stale.ts";
import { requireAccount } from "#lib/session/require-account.ts";
import { ListPosition, Messages } from "./messages.tsx";

type Props = PageProps<"/mail/[accountId]/[label]">;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { query } = readListAddress(await searchParams);
  // Next puts a title into the layout's by `replace`, to which "$&" and "$$" are more than they say.
  if (query) return { title: query.replaceAll("$", "$$$$") };
  return { title: listName(await requestWords(), mailListOf((await params).label), []) };
}

/** A page of messages. */
export default async function ListPage({ params, searchParams }: Props) {
  const { accountId, label } = await params;
  const asked = readListAddress(await searchParams);
  const { account, user } = await requireAccount(accountId, listPath(accountId, label, asked));
  if (asked.query) await limitSearch(user, asked.query, asked.cursor);
  const list = mailListOf(label) ?? notFound();
  const shown = { accountId: account.id, list, ...asked };
  const reads = messagePage(account.id, list, asked.query, asked.cursor); // Under way while the shell is sent.
  syncIfStaleAfterwards(account.id);
  const labels = isGmailsOwn(list) ? null : await accountLabels(account.id);
  if (labels?.ok && !labels.labels.some(({ id }) => id === list.id)) notFound();
  const t = await requestWords();
  const name = listName(t, list, labels?.ok ? labels.labels : []);
  const key = `${label} ${asked.query} ${asked.cursor}`;
  return (
    <div>
      <TopBar>
        <SearchBox accountId={account.id} query={asked.query} />
        <Streamed key={`position ${key}`} fallback={<PositionSkeleton />} waitsFor={reads}>
          <ListPosition {...shown} />
        </Streamed>
      </TopBar>
      <main id="main">
        <h1 className="sr-only">{asked.query ? t("list.search", { query: asked.query }) : name}</h1>
        {/* A search is never at hand at first, and may be when it is drawn again: the same tree keeps the focus. */}
        <Streamed key={key} fallback={<MessageListSkeleton />} {...(asked.query ? {} : { waitsFor: reads })}>
          <Messages {...shown} />
        </Streamed>
      </main>
    </div>
  );
}
