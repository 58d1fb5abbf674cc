"use server";

import { redirect } from "next/navigation";
import { asAccountId } from "#lib/domain/ids.ts";
import { accountsPath } from "#lib/domain/paths.ts";
import { formFields } from "#lib/request/form-fields.ts";
import { limitPerson } from "#lib/request/limit.ts";
import { noteSignedOut } from "#lib/request/visit.ts";
import { requireOwner } from "#lib/session/current-user.ts";
import { disconnectAccount } from "#lib/use-cases/accounts/disconnect-account.ts";

/** The owner takes a key back. With the account that opened it, this session ends. */
export async function disconnect(form: FormData): Promise<void> {
  const { user, openedWith } = await requireOwner("/accounts");
  await limitPerson("change", user);
  const accountId = asAccountId(String(formFields(form).account ?? ""));
  const outcome = accountId ? await disconnectAccount(user, accountId) : "not-found";
  const page = accountId === openedWith.id ? "/" : "/accounts";
  if (accountId === openedWith.id) noteSignedOut();
  switch (outcome) {
    case "destroyed":
      return redirect(`${page}?note=destroyed`);
    case "waiting-for-google":
      return redirect(accountsPath("waiting"));
    case "not-found":
      return redirect("/accounts");
    default:
      return outcome satisfies never;
  }
}
