import Link from "next/link";
import { notFound } from "next/navigation";
import { Statement } from "#components/shell/statement.tsx";
import { Button } from "#components/ui/button.tsx";
import { requestWords } from "#lib/i18n/request-words.ts";
import { titled } from "#lib/i18n/titled.ts";
import { holderToken } from "#lib/sign-in/holder-cookie.ts";
import { provenAddress } from "#lib/use-cases/accounts/holder-proofs.ts";
import { disconnectFromThere } from "./actions.ts";

export const generateMetadata = titled("elsewhere.page");

/**
 * For whoever has just proven at Google to hold an account that somebody else has connected here. The proof is the guard:
 * without one there is nothing here.
 */
export default async function ConnectedElsewhere() {
  const token = await holderToken();
  const email = (token && (await provenAddress(token))) || notFound();
  const t = await requestWords();
  return (
    <Statement title={t("elsewhere.title")}>
      <p role="alert">
        {t.rich("elsewhere.what", {
          email,
          b: (chunks) => <strong className="font-medium text-ink">{chunks}</strong>,
        })}
      </p>
      <p>{t.rich("elsewhere.ifYours", { em: (chunks) => <em>{chunks}</em> })}</p>
      <p>{t("elsewhere.takeBack")}</p>
      <form action={disconnectFromThere}>
        <Button look="danger">{t("elsewhere.disconnect", { email })}</Button>
      </form>
      <p className="text-base">
        <Link href="/" prefetch={false} className="underline underline-offset-2">
          {t("elsewhere.leave")}
        </Link>
      </p>
    </Statement>
  );
}
