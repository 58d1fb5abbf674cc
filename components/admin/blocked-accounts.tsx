import Link from "next/link";
import type { Again } from "#lib/domain/account.ts";
import { adminAccountPath } from "#lib/domain/paths.ts";
import { blockWords } from "#lib/i18n/withdrawal-words.ts";

interface Props {
  readonly accounts: readonly { readonly accountId: string; readonly email: string; readonly again: Again }[];
  readonly zone: string;
}

/** Accounts that were withdrawn and may not be connected again yet; nothing, where there are none. */
export function BlockedAccounts({ accounts, zone }: Props) {
  if (accounts.length === 0) return null;
  return (
    <section aria-labelledby="blocked" className="mt-8 max-w-[760px]">
      <h2 id="blocked" className="font-semibold">
        Withdrawn, and blocked from reconnecting
      </h2>
      <ul className="mt-2 border-t border-line text-sm">
        {accounts.map(({ accountId, email, again }) => (
          <li key={accountId} className="border-b border-line py-2">
            <Link href={adminAccountPath(accountId)} prefetch={false} className="font-medium hover:underline">
              {email}
            </Link>
            <p className="text-xs text-ink-3">{blockWords(again, zone)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
