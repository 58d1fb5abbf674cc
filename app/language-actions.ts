"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { languages } from "#lib/domain/language.ts";
import { formFields } from "#lib/request/form-fields.ts";
import { limitAddress } from "#lib/request/limit.ts";
import { currentOwner } from "#lib/session/current-user.ts";
import { rememberLanguage } from "#lib/session/remember-language.ts";
import { safeReturnPath } from "#lib/session/return-path.ts";
import { chooseLanguage } from "#lib/use-cases/accounts/choose-language.ts";

const asked = z.object({ language: z.enum(languages), page: z.string() });

/** Anybody chooses a language for this browser; whoever is signed in chooses it for wherever they sign in. */
export async function switchLanguage(form: FormData): Promise<void> {
  await limitAddress("change");
  const { success, data } = asked.safeParse(formFields(form));
  if (!success) redirect("/");
  await rememberLanguage(data.language);
  const owner = await currentOwner();
  if (owner) await chooseLanguage(owner.user, data.language);
  redirect(safeReturnPath(data.page, "/"));
}
