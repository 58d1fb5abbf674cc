"use server";

import { redirect } from "next/navigation";
import { limitAddress } from "#lib/request/limit.ts";
import { holderToken } from "#lib/sign-in/holder-cookie.ts";
import { disconnectAsHolder } from "#lib/use-cases/accounts/holder-proofs.ts";

/** Whoever holds a Google account takes it out of the Latchkey account that it is connected in. The proof is the guard. */
export async function disconnectFromThere(): Promise<void> {
  await limitAddress("change");
  const token = await holderToken();
  const outcome = token ? await disconnectAsHolder(token) : "not-found";
  switch (outcome) {
    case "destroyed":
      return redirect("/?note=destroyed");
    case "waiting-for-google":
      return redirect("/?note=waiting");
    case "not-found":
      return redirect("/");
    default:
      return outcome satisfies never;
  }
}
