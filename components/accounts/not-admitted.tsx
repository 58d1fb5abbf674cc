import { Banner } from "#components/ui/banner.tsx";
import type { MyAccount } from "#lib/domain/account.ts";
import { longDate } from "#lib/i18n/dates.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  /** Those of a person's accounts that are no longer admitted. */
  readonly accounts: readonly MyAccount[];
  readonly zone: string;
  readonly graceDays: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/** What becomes of accounts that are no longer admitted, and when. */
export function NotAdmitted({ accounts, zone, graceDays }: Props) {
  const t = useWords();
  const endOf = (at: Date) => longDate(t, new Date(at.getTime() + graceDays * dayMs), zone);
  return accounts.map(({ id, email, stateChangedAt }) => (
    <Banner key={id} tone="warn">
      {t("accounts.notAdmitted", { email, date: endOf(stateChangedAt) })}
    </Banner>
  ));
}
