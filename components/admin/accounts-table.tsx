import Link from "next/link";
import { StateBadge } from "#components/ui/state-badge.tsx";
import type { ConnectedAccount } from "#lib/domain/account.ts";
import { adminAccountPath } from "#lib/domain/paths.ts";
import { causeWords, permissionWords } from "#lib/i18n/account-words.ts";
import { ago, shortDate } from "#lib/i18n/dates.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import type { Words } from "#lib/i18n/words.ts";

interface Props {
  readonly accounts: readonly ConnectedAccount[];
  readonly now: Date;
  readonly zone: string;
}

const columns = ["owner", "state", "permissions", "connected", "refreshed", "lastUsed"] as const;

export function AccountsTable({ accounts, now, zone }: Props) {
  const t = useWords();
  if (accounts.length === 0) return <p className="text-ink-2">{t("admin.none")}</p>;
  return (
    <section
      aria-label={t("admin.region")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="overflow-x-auto rounded-lg border border-line bg-surface"
    >
      <table aria-label={t("admin.title")} className="w-full text-sm whitespace-nowrap">
        <thead>
          <tr>
            {columns.map((name) => (
              <th
                key={name}
                scope="col"
                className="h-9 border-b border-line px-3 text-left text-xs font-medium text-ink-3"
              >
                {t(`admin.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <Row key={account.id} t={t} account={account} now={now} zone={zone} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({
  t,
  account,
  now,
  zone,
}: {
  readonly t: Words;
  readonly account: ConnectedAccount;
  readonly now: Date;
  readonly zone: string;
}) {
  const { id, owner, email, status, lastRefreshedAt, lastUsedAt, lastUsedBy } = account;
  const cause = troubleOf(t, account);
  const since = (at: Date | null) => (at ? ago(t, at, now, zone) : "–");
  return (
    <tr className="border-t border-line text-ink-2 first:border-t-0 hover:bg-hover">
      <th scope="row" className="h-11 px-3 text-left font-normal">
        <Link href={adminAccountPath(id)} prefetch={false} className="block hover:underline">
          <span className="block leading-5 font-medium text-ink">{owner}</span>
          <span className="block text-xs text-ink-3">{email}</span>
        </Link>
      </th>
      <td className="px-3">
        <StateBadge state={status.state} />
        {cause && <span className="block text-xs text-ink-3">{cause}</span>}
      </td>
      <td className="px-3">{permissionWords(t, account.scopes)}</td>
      <td className="px-3">{shortDate(t, account.connectedAt, zone)}</td>
      <td className="px-3">{since(lastRefreshedAt)}</td>
      <td className="px-3">
        {lastUsedBy ? t(`admin.usedBy.${lastUsedBy}`, { when: since(lastUsedAt) }) : since(lastUsedAt)}
      </td>
    </tr>
  );
}

function troubleOf(t: Words, { status, clientRefusal, unansweredSince }: ConnectedAccount): string {
  if (clientRefusal) return `${t("cause.clientRefused")} (${clientRefusal.word})`;
  return unansweredSince ? t("cause.googleNotAnswering") : causeWords(t, status);
}
