import { LabelNavSkeleton } from "#components/mail/label-nav-skeleton.tsx";
import { WatchSession } from "#components/mail/watch-session.tsx";
import { AccountSwitcher } from "#components/shell/account-switcher.tsx";
import { PageShell } from "#components/shell/page-shell.tsx";
import { Shortcuts } from "#components/shell/shortcuts.tsx";
import { UnderWay } from "#components/shell/under-way.tsx";
import { accountLabels } from "#lib/request/read-once.ts";
import { Streamed } from "#lib/request/streamed.tsx";
import { currentReader } from "#lib/session/require-account.ts";
import { MailboxFilling } from "./filling.tsx";
import { Labels } from "./labels.tsx";

/** The rail, for whoever may see it. The guards are the pages': they know where a visitor was going. */
export default async function MailLayout({ params, children }: LayoutProps<"/mail/[accountId]">) {
  const reader = await currentReader((await params).accountId);
  if (!reader) return children;
  const { user, account, accounts } = reader;
  return (
    <PageShell
      rail={
        <>
          <AccountSwitcher current={account} accounts={accounts} isAdmin={user.isAdmin} />
          <Streamed fallback={<LabelNavSkeleton />} waitsFor={accountLabels(account.id)}>
            <Labels account={account} />
          </Streamed>
          <Streamed fallback={null} waitsFor={accountLabels(account.id)}>
            <MailboxFilling accountId={account.id} />
          </Streamed>
        </>
      }
    >
      {children}
      <Shortcuts />
      <UnderWay />
      <WatchSession accountId={account.id} />
    </PageShell>
  );
}
