"use server";

import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { requireAdmin } from "#lib/session/current-user.ts";
import { asAccountId } from "#lib/use-cases/my-accounts.ts";
import { revokeAccount } from "#lib/use-cases/revoke-account.ts";

const reasonSchema = z.string().trim().min(1).max(500);

/** An admin withdraws a key, and says why. */
export async function revoke(form: FormData): Promise<void> {
  const admin = await requireAdmin();
  const accountId = asAccountId(String(form.get("account") ?? "")) ?? notFound();
  const reason = reasonSchema.safeParse(form.get("reason"));
  if (!reason.success) redirect(`/admin/accounts/${accountId}?problem=reason`);
  if ((await revokeAccount(admin, accountId, reason.data)) === "not-found") notFound();
  redirect(`/admin/accounts/${accountId}`);
}
