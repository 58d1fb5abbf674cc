import Link from "next/link";
import { useWords } from "#lib/i18n/request-words.ts";
import { SignOut } from "./account-switcher.tsx";

interface Props {
  /** Who is signed in; null for nobody. */
  readonly signedInAs: string | null;
}

const link = "underline underline-offset-2 hover:text-ink";

/** Below whatever a page of the way in says: how to leave it. */
export function WaysOut({ signedInAs }: Props) {
  const t = useWords();
  return (
    <nav
      aria-label={t("waysOut.label")}
      className="flex flex-wrap items-center gap-x-5 gap-y-2 border-t border-line pt-5 text-sm"
    >
      {signedInAs === null ? (
        <Link href="/" prefetch={false} className={link}>
          {t("waysOut.start")}
        </Link>
      ) : (
        <>
          <p className="basis-full">
            {t.rich("waysOut.signedInAs", {
              email: signedInAs,
              b: (chunks) => <strong className="font-medium text-ink">{chunks}</strong>,
            })}
          </p>
          <Link href="/mail" prefetch={false} className={link}>
            {t("waysOut.mail")}
          </Link>
          <Link href="/accounts" prefetch={false} className={link}>
            {t("waysOut.accounts")}
          </Link>
          <div className="-mx-2">
            <SignOut />
          </div>
        </>
      )}
    </nav>
  );
}
