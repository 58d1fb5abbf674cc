"use server";

import { redirect } from "next/navigation";
import { requireUser } from "#lib/session/current-user.ts";
import { disconnectAccount } from "#lib/use-cases/disconnect-account.ts";
import { asAccountId } from "#lib/use-cases/my-accounts.ts";

/** The owner takes a key back. */
export async function disconnect(form: FormData): Promise<void> {
  const user = await requireUser("/accounts");
  const accountId = asAccountId(String(form.get("account") ?? ""));
  const outcome = accountId ? await disconnectAccount(user, accountId) : "not-found";
  switch (outcome) {
    case "destroyed":
      return redirect("/accounts?note=destroyed");
    case "waiting-for-google":
      return redirect("/accounts?note=waiting");
    case "not-found":
      return redirect("/accounts");
    default:
      return outcome satisfies never;
  }
}
