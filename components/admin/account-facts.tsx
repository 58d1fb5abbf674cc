import { StateBadge } from "#components/ui/state-badge.tsx";
import type { ConnectedAccount } from "#lib/domain/account.ts";
import { causeWords, permissionWords } from "#lib/i18n/account-words.ts";
import { longDate } from "#lib/i18n/dates.ts";
import { formatNumber } from "#lib/i18n/numbers.ts";
import { useWords } from "#lib/i18n/request-words.ts";

export function AccountFacts({
  account,
  messagesAside,
  zone,
}: {
  readonly account: ConnectedAccount;
  readonly messagesAside: number;
  readonly zone: string;
}) {
  const t = useWords();
  const date = (at: Date | null) => (at ? longDate(t, at, zone) : "–");
  const facts = [
    [t("admin.owner"), account.owner],
    [t("admin.permissions"), permissionWords(t, account.scopes)],
    [t("admin.connected"), date(account.connectedAt)],
    [t("adminAccount.stateSince"), date(account.stateChangedAt)],
    [t("adminAccount.lastRefreshed"), date(account.lastRefreshedAt)],
    [
      t("admin.lastUsed"),
      account.lastUsedBy
        ? t(`adminAccount.usedBy.${account.lastUsedBy}`, { date: date(account.lastUsedAt) })
        : date(account.lastUsedAt),
    ],
    [
      t("adminAccount.consentEnds"),
      account.grantEndsAt ? date(account.grantEndsAt) : t("adminAccount.notByItself"),
    ],
    ...(messagesAside > 0 ? [[t("adminAccount.messagesAside"), formatNumber(t, messagesAside)]] : []),
    ...(account.lacksKey
      ? [[t("adminAccount.lacksKey"), t("adminAccount.lacksKeyNamed", { keyId: account.lacksKey })]]
      : []),
    ...(account.clientRefusal
      ? [
          [
            t("adminAccount.clientRefusedSince"),
            `${date(account.clientRefusal.since)} (${account.clientRefusal.word})`,
          ],
        ]
      : []),
    ...(account.unansweredSince ? [[t("adminAccount.unansweredSince"), date(account.unansweredSince)]] : []),
  ];
  return (
    <>
      <p className="mt-2 flex items-center gap-2 text-sm text-ink-2">
        <StateBadge state={account.status.state} />
        {causeWords(t, account.status)}
      </p>
      <dl className="mt-4 border-t border-line text-sm">
        {facts.map(([name, value]) => (
          <div key={name} className="grid gap-x-4 border-b border-line py-2 md:grid-cols-[220px_1fr]">
            <dt className="text-ink-3">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
