import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Statement } from "#components/shell/statement.tsx";
import { Button } from "#components/ui/button.tsx";
import { holderToken } from "#lib/sign-in/holder-cookie.ts";
import { provenAddress } from "#lib/use-cases/accounts/holder-proofs.ts";
import { disconnectFromThere } from "./actions.ts";

export const metadata: Metadata = { title: "Connected elsewhere" };

/**
 * For whoever has just proven at Google to hold an account that somebody else has connected here. The proof is the guard:
 * without one there is nothing here.
 */
export default async function ConnectedElsewhere() {
  const token = await holderToken();
  const email = (token && (await provenAddress(token))) || notFound();
  return (
    <Statement title="This address is connected inside another Latchkey account.">
      <p role="alert">
        <strong className="font-medium text-ink">{email}</strong> is read in somebody's Latchkey, next to
        their own account. Signing in with it does not open that Latchkey, and nothing was changed.
      </p>
      <p>
        If that Latchkey is yours, sign in with the account that you first came with, and switch on{" "}
        <em>May sign me in</em> for this address under <em>Accounts and data</em>.
      </p>
      <p>
        You hold this Google account, so its key is yours to take back. Disconnecting revokes it at Google and
        destroys what is kept of this mailbox there. Then you can sign in here with an account of your own.
      </p>
      <form action={disconnectFromThere}>
        <Button look="danger">Disconnect {email} from there</Button>
      </form>
      <p className="text-base">
        <Link href="/" prefetch={false} className="underline underline-offset-2">
          Leave it as it is
        </Link>
      </p>
    </Statement>
  );
}
