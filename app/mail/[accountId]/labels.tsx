import { LabelNav } from "#components/mail/label-nav.tsx";
import type { MyAccount } from "#lib/domain/account.ts";
import type { LabelCounts, LabelId } from "#lib/domain/mail.ts";
import { accountLabelCounts, accountLabels } from "#lib/session/account-labels.ts";
import { Streamed } from "#lib/session/streamed.tsx";
import { countedLabels, navLabels } from "#lib/use-cases/nav-labels.ts";

/** The rail's labels: names as soon as Google has told them, counts when it has counted. */
export async function Labels({ account }: { readonly account: MyAccount }) {
  const outcome = await accountLabels(account.id);
  const labels = outcome.ok ? outcome.labels : [];
  const nothing: ReadonlyMap<LabelId, LabelCounts> = new Map();
  const uncounted = <LabelNav accountId={account.id} {...navLabels(labels, nothing)} />;
  if (!outcome.ok) return uncounted;
  return (
    <Streamed fallback={uncounted}>
      <CountedLabels account={account} />
    </Streamed>
  );
}

async function CountedLabels({ account }: { readonly account: MyAccount }) {
  const outcome = await accountLabels(account.id);
  const labels = outcome.ok ? outcome.labels : [];
  const counts = await accountLabelCounts(account.id, countedLabels(labels).join(" "));
  return <LabelNav accountId={account.id} {...navLabels(labels, counts)} />;
}
