import { Banner } from "#components/ui/banner.tsx";
import type { MyAccount } from "#lib/domain/account.ts";
import { longDate } from "#lib/i18n/dates.ts";

interface Props {
  /** Those of a person's accounts that are no longer admitted. */
  readonly accounts: readonly MyAccount[];
  readonly zone: string;
  readonly graceDays: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/** What becomes of accounts that are no longer admitted, and when. */
export function NotAdmitted({ accounts, zone, graceDays }: Props) {
  return accounts.map(({ id, email, stateChangedAt }) => (
    <Banner key={id} tone="warn">
      This Latchkey no longer admits {email}. Nothing is fetched for it. Its key and everything that is kept
      with it are destroyed after {longDate(new Date(stateChangedAt.getTime() + graceDays * dayMs), zone)}.
      You can disconnect it now.
    </Banner>
  ));
}
