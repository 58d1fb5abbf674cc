import { StateBadge } from "#components/ui/state-badge.tsx";
import type { ConnectedAccount } from "#lib/domain/account.ts";
import { causeWords, permissionWords } from "#lib/i18n/account-words.ts";
import { longDate } from "#lib/i18n/dates.ts";
import { number } from "#lib/i18n/numbers.ts";

export function AccountFacts({
  account,
  messagesAside,
  zone,
}: {
  readonly account: ConnectedAccount;
  readonly messagesAside: number;
  readonly zone: string;
}) {
  const date = (at: Date | null) => (at ? longDate(at, zone) : "–");
  const facts = [
    ["Owner", account.owner],
    ["Permissions", permissionWords(account.scopes)],
    ["Connected", date(account.connectedAt)],
    ["In this state since", date(account.stateChangedAt)],
    ["Last refreshed", date(account.lastRefreshedAt)],
    ["Last used", `${date(account.lastUsedAt)}${account.lastUsedBy ? `, by a ${account.lastUsedBy}` : ""}`],
    ["Consent ends", account.grantEndsAt ? date(account.grantEndsAt) : "not by itself"],
    ...(messagesAside > 0 ? [["Messages that Gmail does not give", number(messagesAside)]] : []),
    ...(account.lacksKey
      ? [["Sealed with a key that is missing", `“${account.lacksKey}” of TOKEN_KEYS`]]
      : []),
    ...(account.clientRefusal
      ? [
          [
            "Google refuses the client since",
            `${date(account.clientRefusal.since)} (${account.clientRefusal.word})`,
          ],
        ]
      : []),
    ...(account.unansweredSince ? [["Google has not answered since", date(account.unansweredSince)]] : []),
  ];
  return (
    <>
      <p className="mt-2 flex items-center gap-2 text-sm text-ink-2">
        <StateBadge state={account.status.state} />
        {causeWords(account.status)}
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
