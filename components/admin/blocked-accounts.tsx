import Link from "next/link";
import type { Again } from "#lib/domain/account.ts";
import { adminAccountPath } from "#lib/domain/paths.ts";
import { againWords } from "#lib/i18n/account-words.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly accounts: readonly { readonly accountId: string; readonly email: string; readonly again: Again }[];
  readonly zone: string;
}

/** Accounts that were withdrawn and may not be connected again yet; nothing, where there are none. */
export function BlockedAccounts({ accounts, zone }: Props) {
  const t = useWords();
  if (accounts.length === 0) return null;
  return (
    <section aria-labelledby="blocked" className="mt-8 max-w-[760px]">
      <h2 id="blocked" className="font-semibold">
        {t("admin.blockedTitle")}
      </h2>
      <ul className="mt-2 border-t border-line text-sm">
        {accounts.map(({ accountId, email, again }) => (
          <li key={accountId} className="border-b border-line py-2">
            <Link href={adminAccountPath(accountId)} prefetch={false} className="font-medium hover:underline">
              {email}
            </Link>
            <p className="text-xs text-ink-3">{againWords(t, "admin", again, zone)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
