import { redirect } from "next/navigation";
import { inboxPath } from "#lib/domain/paths.ts";
import { requireVisitor } from "#lib/session/current-user.ts";

/** Leads to the account that was read last. */
export default async function Mail() {
  const { accounts } = await requireVisitor("/mail");
  const usable = accounts.filter(({ status }) => status.state === "ACTIVE");
  const [latest] = (usable.length ? usable : accounts).toSorted(
    (a, b) => (b.lastReadAt?.getTime() ?? 0) - (a.lastReadAt?.getTime() ?? 0),
  );
  redirect(latest ? inboxPath(latest.id) : "/accounts");
}
