import type { Metadata } from "next";
import Link from "next/link";
import { Statement } from "#components/shell/statement.tsx";
import { Time } from "#components/ui/time.tsx";
import { againWords, withdrawnWords } from "#lib/i18n/withdrawal-words.ts";
import { timeZone } from "#lib/request/time-zone.ts";
import { requireWithdrawal } from "#lib/session/current-user.ts";

export const metadata: Metadata = { title: "Withdrawn" };

/** What an admin did to somebody's account, why, and what they can do: told to nobody else. */
export default async function Withdrawn({ params }: PageProps<"/withdrawn/[accountId]">) {
  const { email, at, reason, isDestroyed, again } = await requireWithdrawal((await params).accountId);
  const zone = await timeZone();
  return (
    <Statement title="An admin withdrew access.">
      <p>
        An admin of this Latchkey withdrew its access to <strong className="text-ink">{email}</strong> on{" "}
        <Time at={at} zone={zone} />. {isDestroyed ? withdrawnWords.destroyed : withdrawnWords.waiting}
      </p>
      {reason && (
        <p>
          They gave this reason: <q className="break-words">{reason}</q>
        </p>
      )}
      <p>{againWords(again, zone)} Your mail at Google is untouched.</p>
      <p className="text-base">
        <Link href="/" prefetch={false} className="underline underline-offset-2">
          To the front page
        </Link>
      </p>
    </Statement>
  );
}
