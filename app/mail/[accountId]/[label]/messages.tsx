import { AwaitedRows } from "#components/mail/awaited-rows.tsx";
import { EmptyList } from "#components/mail/empty-list.tsx";
import { LiveList } from "#components/mail/live-list.tsx";
import { MessageList } from "#components/mail/message-list.tsx";
import { Position } from "#components/mail/position.tsx";
import { StaleNotice } from "#components/shell/stale-notice.tsx";
import { TroubleNotice } from "#components/shell/trouble-notice.tsx";
import { Banner } from "#components/ui/banner.tsx";
import type { AccountId } from "#lib/domain/mail.ts";
import type { MailList } from "#lib/domain/mail-list.ts";
import { listPath, messagePath } from "#lib/domain/paths.ts";
import { newMailWords } from "#lib/i18n/list-words.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { accountLabels, messagePage } from "#lib/request/read-once.ts";
import { timeZone } from "#lib/request/time-zone.ts";
import { chipNames } from "#lib/use-cases/lists/nav-labels.ts";

interface Props {
  readonly accountId: AccountId;
  readonly list: MailList;
  readonly query: string;
  readonly cursor: string;
}

/** The rows, when they are there. */
export async function Messages({ accountId, list, query, cursor }: Props) {
  const outcome = await messagePage(accountId, list, query, cursor);
  const t = await requestWords();
  const path = listPath(accountId, list.slug, { query, cursor });
  if (!outcome.ok) {
    const more = query && outcome.trouble.kind !== "bad-query" ? t("trouble.searchNeedsGoogle") : "";
    return <TroubleNotice trouble={outcome.trouble} accountId={accountId} path={path} more={more} />;
  }
  const { page, copy } = outcome;
  const { rows, startedOver } = page;
  const here = startedOver ? "" : cursor;
  const awaited = rows.flatMap((row) => (row.kind === "awaited" ? [row.id] : []));
  const withheld = rows.flatMap((row) => (row.kind === "withheld" ? [row.id] : []));
  const labels = await accountLabels(accountId);
  const [now, zone] = [new Date(), await timeZone()];
  return (
    <>
      <LiveList
        accountId={accountId}
        listId={page.newer === null ? list.id : null}
        revision={copy.revision}
        inTrouble={copy.trouble !== null}
        awaits={awaited}
        withheld={withheld}
        follows={query === ""}
        words={newMailWords(t)}
      />
      {copy.trouble && (
        <StaleNotice {...{ now, zone, accountId, path }} trouble={copy.trouble} asOf={copy.asOf} />
      )}
      {startedOver && <Banner tone="note">{t("list.startedOver")}</Banner>}
      {rows.length === 0 ? (
        <EmptyList query={query} list={list} />
      ) : (
        <MessageList
          rows={rows}
          now={now}
          zone={zone}
          hrefOf={(messageId) => messagePath(accountId, messageId, { list: list.slug, query, cursor: here })}
          labelNames={chipNames(labels.ok ? labels.labels : [], list)}
          showRecipients={list.slug === "sent"}
        />
      )}
      <AwaitedRows messages={awaited.length} now={now} path={path} />
    </>
  );
}

export async function ListPosition({ accountId, list, query, cursor }: Props) {
  const outcome = await messagePage(accountId, list, query, cursor);
  if (!outcome.ok) return null;
  return (
    <Position
      page={outcome.page}
      hrefOf={(next) => listPath(accountId, list.slug, { query, cursor: next })}
    />
  );
}
