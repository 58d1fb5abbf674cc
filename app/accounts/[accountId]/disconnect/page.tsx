import { redirect } from "next/navigation";
import { ConfirmDisconnect } from "#components/accounts/confirm-disconnect.tsx";
import { PlainPage } from "#components/shell/plain-page.tsx";
import { waysIn } from "#lib/domain/account.ts";
import { titled } from "#lib/i18n/titled.ts";
import { requireOwnAccount } from "#lib/session/require-account.ts";
import { disconnect } from "../../actions.ts";

export const generateMetadata = titled("disconnect.page");

/** Asks first: an account, its key and its copy are not destroyed by one click. Also for those who are no longer admitted. */
export default async function Disconnect({ params }: PageProps<"/accounts/[accountId]/disconnect">) {
  const { accountId } = await params;
  const { user, account, accounts, openedWith } = await requireOwnAccount(accountId, "/accounts");
  if (account.status.state === "DISCONNECTED") redirect("/accounts");
  const others = accounts.filter(({ id }) => id !== account.id);
  return (
    <PlainPage isAdmin={user.isAdmin}>
      <ConfirmDisconnect
        account={account}
        endsThisSession={account.id === openedWith.id}
        isLastWayIn={others.length > 0 && waysIn(others).length === 0}
        disconnect={disconnect}
      />
    </PlainPage>
  );
}
