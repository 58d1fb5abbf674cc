import { LabelNav } from "#components/mail/label-nav.tsx";
import type { MyAccount } from "#lib/domain/account.ts";
import { requestLanguage } from "#lib/i18n/request-words.ts";
import { accountLabelCounts, accountLabels } from "#lib/request/read-once.ts";
import { Streamed } from "#lib/request/streamed.tsx";
import { navLabels } from "#lib/use-cases/lists/nav-labels.ts";
import type { LabelsOutcome } from "#lib/use-cases/lists/read-labels.ts";

/** The rail's labels: names as soon as they are known, counts when they are. */
export async function Labels({ account }: { readonly account: MyAccount }) {
  const [outcome, language] = await Promise.all([accountLabels(account.id), requestLanguage()]);
  if (!outcome.ok) return <LabelNav accountId={account.id} {...navLabels([], new Map(), language)} />;
  const uncounted = (
    <LabelNav accountId={account.id} {...navLabels(outcome.labels, outcome.counts, language)} />
  );
  return (
    <Streamed fallback={uncounted} waitsFor={accountLabelCounts(account.id, outcome)}>
      <CountedLabels account={account} known={outcome} />
    </Streamed>
  );
}

interface Props {
  readonly account: MyAccount;
  readonly known: Extract<LabelsOutcome, { ok: true }>;
}

async function CountedLabels({ account, known }: Props) {
  const [counts, language] = await Promise.all([accountLabelCounts(account.id, known), requestLanguage()]);
  return <LabelNav accountId={account.id} {...navLabels(known.labels, counts, language)} />;
}
