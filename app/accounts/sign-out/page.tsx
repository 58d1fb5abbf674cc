import Link from "next/link";
import { Statement } from "#components/shell/statement.tsx";
import { Button } from "#components/ui/button.tsx";
import { requestWords } from "#lib/i18n/request-words.ts";
import { titled } from "#lib/i18n/titled.ts";
import { requireOwner } from "#lib/session/current-user.ts";
import { signOutEverywhere } from "../session-actions.ts";

export const generateMetadata = titled("signOutEverywhere.page");

/** Asks first: this browser is among those that are signed out. */
export default async function SignOutEverywhere() {
  await requireOwner("/accounts");
  const t = await requestWords();
  return (
    <Statement title={t("signOutEverywhere.title")}>
      <p>{t("signOutEverywhere.text")}</p>
      <form action={signOutEverywhere}>
        <Button look="danger">{t("signOutEverywhere.do")}</Button>
      </form>
      <p className="text-base">
        <Link href="/accounts" prefetch={false} className="underline underline-offset-2">
          {t("signOutEverywhere.back")}
        </Link>
      </p>
    </Statement>
  );
}
