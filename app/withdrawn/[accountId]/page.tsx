import Link from "next/link";
import { Statement } from "#components/shell/statement.tsx";
import { againWords } from "#lib/i18n/account-words.ts";
import { longDate } from "#lib/i18n/dates.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { titled } from "#lib/i18n/titled.ts";
import { timeZone } from "#lib/request/time-zone.ts";
import { requireWithdrawal } from "#lib/session/current-user.ts";

export const generateMetadata = titled("withdrawn.page");

/** What an admin did to somebody's account, why, and what they can do: told to nobody else. */
export default async function Withdrawn({ params }: PageProps<"/withdrawn/[accountId]">) {
  const { email, at, reason, isDestroyed, again } = await requireWithdrawal((await params).accountId);
  const [t, zone] = await Promise.all([requestWords(), timeZone()]);
  return (
    <Statement title={t("withdrawn.title")}>
      <p>
        {t.rich("withdrawn.what", {
          email,
          date: longDate(t, at, zone),
          b: (chunks) => <strong className="text-ink">{chunks}</strong>,
          time: (chunks) => <time dateTime={at.toISOString()}>{chunks}</time>,
        })}{" "}
        {t(isDestroyed ? "withdrawn.destroyed" : "withdrawn.waiting")}
      </p>
      {reason && (
        <p>
          {t.rich("withdrawn.reason", { reason, q: (chunks) => <q className="break-words">{chunks}</q> })}
        </p>
      )}
      <p>
        {againWords(t, "withdrawn", again, zone)} {t("withdrawn.untouched")}
      </p>
      <p className="text-base">
        <Link href="/" prefetch={false} className="underline underline-offset-2">
          {t("withdrawn.toStart")}
        </Link>
      </p>
    </Statement>
  );
}
