"use server";

import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { asAccountId } from "#lib/domain/ids.ts";
import { adminAccountPath } from "#lib/domain/paths.ts";
import { formFields } from "#lib/request/form-fields.ts";
import { limitPerson } from "#lib/request/limit.ts";
import { requireAdmin } from "#lib/session/current-user.ts";
import { allowReconnecting } from "#lib/use-cases/accounts/allow-reconnecting.ts";
import { revokeAccount } from "#lib/use-cases/admin/revoke-account.ts";

const reasonSchema = z.string().trim().min(1).max(500);
const blockSchema = z.enum(["until-allowed", "30-days", "none"]).catch("until-allowed");

/** An admin withdraws a key, and says why. */
export async function revoke(form: FormData): Promise<void> {
  const admin = await requireAdmin();
  await limitPerson("change", admin);
  const asked = formFields(form);
  const accountId = asAccountId(String(asked.account ?? "")) ?? notFound();
  const reason = reasonSchema.safeParse(asked.reason);
  if (!reason.success) redirect(adminAccountPath(accountId, "reason"));
  const block = blockSchema.parse(asked.block);
  if ((await revokeAccount(admin, accountId, reason.data, block)) === "not-found") notFound();
  redirect(adminAccountPath(accountId));
}

/** An admin lets a withdrawn account be connected again. */
export async function allowAgain(form: FormData): Promise<void> {
  const admin = await requireAdmin();
  await limitPerson("change", admin);
  const accountId = asAccountId(String(formFields(form).account ?? "")) ?? notFound();
  await allowReconnecting(admin, accountId);
  redirect(adminAccountPath(accountId));
}
