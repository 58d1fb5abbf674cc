"use server";

import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { asMessageId } from "#lib/domain/ids.ts";
import { messagePath, withImages } from "#lib/domain/paths.ts";
import { formFields } from "#lib/request/form-fields.ts";
import { limitPerson } from "#lib/request/limit.ts";
import { requireAccount } from "#lib/session/require-account.ts";
import { chooseFor, showOnce } from "#lib/use-cases/messages/images-shown.ts";

const chosen = z.object({
  account: z.string(),
  message: z.string(),
  /** The page that the form stands on. */
  page: z.string().max(4_000),
  what: z.enum(["once", "always", "stop"]),
});

/** The reader says whether the pictures of a message are shown: this once, or from now on for its sender. */
export async function chooseImages(form: FormData): Promise<void> {
  const asked = chosen.safeParse(formFields(form));
  const { account: accountId, message, page, what } = asked.success ? asked.data : notFound();
  const { account, user } = await requireAccount(accountId, messagePath(accountId, message));
  await limitPerson("change", user);
  const id = asMessageId(message) ?? notFound();
  if (what !== "once") await chooseFor(account.id, id, what === "always");
  const once = what === "once" ? showOnce(account.id, id) : "";
  redirect(withImages(account.id, page, once) ?? messagePath(account.id, id, { images: once }));
}
