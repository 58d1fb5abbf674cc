import Link from "next/link";
import { useWords } from "#lib/i18n/request-words.ts";
import type { TroubleWords } from "#lib/i18n/trouble-words.ts";
import { SignInForm } from "./sign-in-form.tsx";

interface Props {
  readonly remedy: TroubleWords["remedy"];
  readonly accountId: string;
  /** The page that shows this. */
  readonly path: string;
}

/** The one thing that helps against trouble; nothing, where nothing does. */
export function TroubleRemedy({ remedy, accountId, path }: Props) {
  const t = useWords();
  switch (remedy) {
    case "reconnect":
      return (
        <SignInForm callbackUrl={path} reconnect={accountId} prompt="consent" look="quiet">
          {t("trouble.reconnect")}
        </SignInForm>
      );
    case "retry":
      return (
        <Link href={path} prefetch={false} className="whitespace-nowrap underline underline-offset-2">
          {t("trouble.retry")}
        </Link>
      );
    case "none":
      return null;
    default:
      return remedy satisfies never;
  }
}
