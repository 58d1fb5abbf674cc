"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { asAccountId } from "#lib/domain/ids.ts";
import { formFields } from "#lib/request/form-fields.ts";
import { limitPerson } from "#lib/request/limit.ts";
import { noteSignedOut } from "#lib/request/visit.ts";
import { requireOwner, requireVisitor } from "#lib/session/current-user.ts";
import { allowSignIn as allow } from "#lib/use-cases/accounts/allow-sign-in.ts";
import { signOutEverywhere as endAll, endMySession } from "#lib/use-cases/accounts/sessions.ts";

const switched = z.object({ account: z.string(), allow: z.enum(["yes", "no"]) });

/** The owner says whether one of their accounts may sign them in. */
export async function allowSignIn(form: FormData): Promise<void> {
  const visitor = await requireVisitor("/accounts");
  await limitPerson("change", visitor.user);
  const asked = switched.safeParse(formFields(form));
  const accountId = asked.success ? asAccountId(asked.data.account) : null;
  if (asked.success && accountId) await allow(visitor.user, visitor, accountId, asked.data.allow === "yes");
  redirect("/accounts");
}

/** Ends one of one's own sessions. */
export async function endSession(form: FormData): Promise<void> {
  const { user } = await requireOwner("/accounts");
  await limitPerson("change", user);
  const id = z.uuid().safeParse(formFields(form).session);
  if (id.success) await endMySession(user, id.data);
  redirect("/accounts");
}

/** Ends every session of one's own, this one too. */
export async function signOutEverywhere(): Promise<void> {
  const { user } = await requireOwner("/accounts");
  await limitPerson("change", user);
  await endAll(user);
  noteSignedOut();
  redirect("/?note=signed-out");
}
