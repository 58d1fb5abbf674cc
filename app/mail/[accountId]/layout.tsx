import { LabelNavSkeleton } from "#components/mail/label-nav-skeleton.tsx";
import { AccountSwitcher } from "#components/shell/account-switcher.tsx";
import { Frame } from "#components/shell/frame.tsx";
import { Shortcuts } from "#components/shell/shortcuts.tsx";
import { UnderWay } from "#components/shell/under-way.tsx";
import { requireAccount } from "#lib/session/require-account.ts";
import { Streamed } from "#lib/session/streamed.tsx";
import { listMyAccounts } from "#lib/use-cases/my-accounts.ts";
import { Labels } from "./labels.tsx";

export default async function MailLayout({ params, children }: LayoutProps<"/mail/[accountId]">) {
  const { accountId } = await params;
  const { user, account } = await requireAccount(accountId, `/mail/${accountId}/inbox`);
  const accounts = await listMyAccounts(user);
  return (
    <Frame
      rail={
        <>
          <AccountSwitcher current={account} accounts={accounts} isAdmin={user.isAdmin} />
          <Streamed fallback={<LabelNavSkeleton />}>
            <Labels account={account} />
          </Streamed>
        </>
      }
    >
      {children}
      <Shortcuts />
      <UnderWay />
    </Frame>
  );
}
