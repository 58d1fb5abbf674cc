import { redirect } from "next/navigation";
import { requireUser } from "#lib/session/current-user.ts";
import { listMyAccounts } from "#lib/use-cases/my-accounts.ts";

/** Leads to the account that was read last. */
export default async function Mail() {
  const user = await requireUser("/mail");
  const accounts = await listMyAccounts(user);
  const usable = accounts.filter(({ status }) => status.state === "ACTIVE");
  const [latest] = (usable.length ? usable : accounts).toSorted(
    (a, b) => (b.lastReadAt?.getTime() ?? 0) - (a.lastReadAt?.getTime() ?? 0),
  );
  redirect(latest ? `/mail/${latest.id}/inbox` : "/accounts");
}
