import type { Metadata } from "next";
import Link from "next/link";
import { Statement } from "#components/shell/statement.tsx";
import { Button } from "#components/ui/button.tsx";
import { requireOwner } from "#lib/session/current-user.ts";
import { signOutEverywhere } from "../session-actions.ts";

export const metadata: Metadata = { title: "Sign out everywhere" };

/** Asks first: this browser is among those that are signed out. */
export default async function SignOutEverywhere() {
  await requireOwner("/accounts");
  return (
    <Statement title="Sign out everywhere?">
      <p>
        Every browser that is signed in here as you is signed out, this one too. Your accounts stay connected.
      </p>
      <form action={signOutEverywhere}>
        <Button look="danger">Sign out everywhere</Button>
      </form>
      <p className="text-base">
        <Link href="/accounts" prefetch={false} className="underline underline-offset-2">
          Back to my accounts
        </Link>
      </p>
    </Statement>
  );
}
