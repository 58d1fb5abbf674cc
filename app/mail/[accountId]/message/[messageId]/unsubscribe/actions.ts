"use server";

import { redirect } from "next/navigation";
import { asMessageId } from "#lib/domain/ids.ts";
import { unsubscribePath } from "#lib/domain/paths.ts";
import { formFields } from "#lib/request/form-fields.ts";
import { limitPerson } from "#lib/request/limit.ts";
import { requireAccount } from "#lib/session/require-account.ts";
import { unsubscribe } from "#lib/use-cases/messages/unsubscribe.ts";

/** Leaves the mailing list of a message. The form says which message; where to ask stands in the message itself. */
export async function leaveList(form: FormData): Promise<void> {
  const { account: accountId, message } = formFields(form);
  const { account, user } = await requireAccount(String(accountId ?? ""), "/mail");
  await limitPerson("unsubscribe", user);
  const id = asMessageId(String(message ?? ""));
  const outcome = id ? await unsubscribe(account.id, id) : null;
  if (id === null || !outcome) return redirect("/mail");
  // What keeps a message from being read is said by the page itself.
  redirect(unsubscribePath(account.id, id, outcome.ok ? outcome.content : undefined));
}
