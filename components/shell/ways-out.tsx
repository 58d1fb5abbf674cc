import Link from "next/link";
import { SignOut } from "./account-switcher.tsx";

interface Props {
  /** Who is signed in; null for nobody. */
  readonly signedInAs: string | null;
}

const link = "underline underline-offset-2 hover:text-ink";

/** Below whatever a page of the way in says: how to leave it. */
export function WaysOut({ signedInAs }: Props) {
  return (
    <nav
      aria-label="Ways out"
      className="flex flex-wrap items-center gap-x-5 gap-y-2 border-t border-line pt-5 text-sm"
    >
      {signedInAs === null ? (
        <Link href="/" prefetch={false} className={link}>
          Back to the start
        </Link>
      ) : (
        <>
          <p className="basis-full">
            You are signed in as <strong className="font-medium text-ink">{signedInAs}</strong>.
          </p>
          <Link href="/mail" prefetch={false} className={link}>
            Back to your mail
          </Link>
          <Link href="/accounts" prefetch={false} className={link}>
            Your accounts
          </Link>
          <div className="-mx-2">
            <SignOut />
          </div>
        </>
      )}
    </nav>
  );
}
