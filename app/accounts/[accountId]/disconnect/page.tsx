import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { ConfirmDisconnect } from "#components/accounts/confirm-disconnect.tsx";
import { PlainPage } from "#components/shell/plain-page.tsx";
import { requireOwner } from "#lib/session/current-user.ts";
import { disconnect } from "../../actions.ts";

export const metadata: Metadata = { title: "Disconnect" };

/** Asks first: an account, its key and its copy are not destroyed by one click. Also for those who are no longer admitted. */
export default async function Disconnect({ params }: PageProps<"/accounts/[accountId]/disconnect">) {
  const { accountId } = await params;
  const { user, accounts } = await requireOwner("/accounts");
  const account = accounts.find(({ id }) => id === accountId) ?? notFound();
  if (account.status.state === "DISCONNECTED") redirect("/accounts");
  return (
    <PlainPage isAdmin={user.isAdmin}>
      <ConfirmDisconnect account={account} disconnect={disconnect} />
    </PlainPage>
  );
}
