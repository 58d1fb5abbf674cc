"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { formFields } from "#lib/request/form-fields.ts";
import { limitPerson } from "#lib/request/limit.ts";
import { requireOwnAccount } from "#lib/session/require-account.ts";
import { stopShowingFrom } from "#lib/use-cases/messages/images-shown.ts";

const stopped = z.object({ account: z.string(), address: z.string().min(1).max(1_000) });

/** The owner no longer wants to see the pictures of a sender without being asked. */
export async function stopShowing(form: FormData): Promise<void> {
  const asked = stopped.safeParse(formFields(form));
  if (!asked.success) redirect("/accounts");
  const { account, user } = await requireOwnAccount(asked.data.account, "/accounts");
  await limitPerson("change", user);
  await stopShowingFrom(account.id, asked.data.address);
  redirect("/accounts");
}
