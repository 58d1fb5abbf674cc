import { redirect } from "next/navigation";
import { requireAdmin } from "#lib/session/current-user.ts";

/** Leads to what there is. */
export default async function AdminHome() {
  await requireAdmin();
  redirect("/admin/accounts");
}
