import { Check, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import type { MyAccount } from "#lib/domain/account.ts";
import { inboxPath } from "#lib/domain/paths.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly current: MyAccount;
  readonly accounts: readonly MyAccount[];
  readonly isAdmin: boolean;
}

/** Whose mail this is, and the way to everything else. */
export function AccountSwitcher({ current, accounts, isAdmin }: Props) {
  const t = useWords();
  return (
    <details className="group relative">
      <summary className="flex list-none items-center gap-2.5 rounded border border-line bg-surface p-2 hover:bg-hover [&::-webkit-details-marker]:hidden">
        <Face name={current.name ?? current.email} />
        <span className="min-w-0 flex-1">
          <span className="block truncate text-sm leading-4 font-medium">
            {current.name ?? current.email}
          </span>
          <span className="block truncate text-xs text-ink-3">{current.email}</span>
        </span>
        <ChevronsUpDown size={14} strokeWidth={1.5} aria-hidden className="flex-none text-ink-3" />
      </summary>
      <div className="absolute inset-x-0 z-20 mt-1 rounded border border-line bg-surface p-1 text-sm shadow-raised">
        <ul>
          {accounts.map((account) => (
            <li key={account.id}>
              <Link
                href={inboxPath(account.id)}
                prefetch={false}
                className="flex items-center gap-2 rounded px-2 py-1.5 hover:bg-hover"
              >
                <span className="min-w-0 flex-1 truncate">{account.email}</span>
                {account.id === current.id && (
                  <Check size={14} aria-label={t("navigation.current")} className="flex-none" />
                )}
              </Link>
            </li>
          ))}
        </ul>
        <div className="mt-1 border-t border-line pt-1">
          <MenuLink href="/accounts">{t("navigation.accounts")}</MenuLink>
          {isAdmin && <MenuLink href="/admin/accounts">{t("navigation.admin")}</MenuLink>}
          <SignOut />
        </div>
      </div>
    </details>
  );
}

export function Face({ name }: { readonly name: string }) {
  return (
    <span
      aria-hidden
      className="grid size-[26px] flex-none place-items-center rounded-full bg-brass-wash text-xs font-semibold text-brass"
    >
      {[...name][0]?.toUpperCase()}
    </span>
  );
}

function MenuLink({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <Link href={href} prefetch={false} className="block rounded px-2 py-1.5 hover:bg-hover">
      {children}
    </Link>
  );
}

export function SignOut({ className = "" }: { readonly className?: string }) {
  const t = useWords();
  return (
    <form action="/api/auth/signout" method="post">
      <input type="hidden" name="callbackUrl" value="/" />
      <button
        type="submit"
        className={`block w-full rounded px-2 py-1.5 text-left hover:bg-hover ${className}`}
      >
        {t("navigation.signOut")}
      </button>
    </form>
  );
}
