import type { ReactNode } from "react";
import { useWords } from "#lib/i18n/request-words.ts";
import { SignOut } from "./account-switcher.tsx";
import { NavLink } from "./nav-link.tsx";
import { PageShell, RailButton } from "./page-shell.tsx";

interface Props {
  readonly isAdmin: boolean;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** Pages about accounts: the rail leads back to the mail. */
export function PlainPage({ isAdmin, wide = false, children }: Props) {
  const t = useWords();
  return (
    <PageShell
      rail={
        <nav aria-label={t("navigation.pages")} className="text-sm">
          <NavLink href="/mail">{t("navigation.mail")}</NavLink>
          <NavLink href="/accounts">{t("navigation.accounts")}</NavLink>
          {isAdmin && (
            <>
              <h2 className="mx-2 mt-3.5 mb-1 text-xs font-medium text-ink-3">{t("navigation.admin")}</h2>
              <NavLink href="/admin/accounts">{t("navigation.connectedAccounts")}</NavLink>
            </>
          )}
          <div className="mt-3.5 border-t border-line pt-2">
            <SignOut className="text-ink-2" />
          </div>
        </nav>
      }
    >
      <main id="main" className={`min-w-0 px-4 pt-5 pb-16 md:px-5 ${wide ? "" : "max-w-[760px]"}`}>
        <div className="mb-3 md:hidden">
          <RailButton />
        </div>
        {children}
      </main>
    </PageShell>
  );
}
