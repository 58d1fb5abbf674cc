import Link from "next/link";
import { Statement } from "#components/shell/statement.tsx";
import { requestWords } from "#lib/i18n/request-words.ts";
import { titled } from "#lib/i18n/titled.ts";

export const generateMetadata = titled("notFound.page");

/** The same page for what does not exist and for what is somebody else's. */
export default async function NotFound() {
  const t = await requestWords();
  return (
    <Statement title={t("notFound.title")}>
      <p>{t("notFound.text")}</p>
      <p>
        <Link href="/mail" prefetch={false} className="underline underline-offset-2">
          {t("notFound.toMail")}
        </Link>
      </p>
    </Statement>
  );
}
