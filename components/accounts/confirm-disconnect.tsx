import Link from "next/link";
import { Button } from "#components/ui/button.tsx";
import type { MyAccount } from "#lib/domain/account.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly account: Pick<MyAccount, "id" | "email">;
  /** Whether whoever asks is signed in with it. */
  readonly endsThisSession: boolean;
  /** Whether other accounts are left that let nobody in. */
  readonly isLastWayIn: boolean;
  readonly disconnect: (form: FormData) => Promise<void>;
}

/** What will be destroyed and whose it is, before it is: one button that does it, one link that does not. */
export function ConfirmDisconnect({ account, endsThisSession, isLastWayIn, disconnect }: Props) {
  const t = useWords();
  const destroyed = [t("disconnect.destroysKey"), t("disconnect.destroysCopy"), t("disconnect.destroysName")];
  return (
    <section aria-labelledby="confirm" className="max-w-[560px]">
      <h1 id="confirm" className="text-xl font-semibold tracking-tight break-words">
        {t("disconnect.title", { email: account.email })}
      </h1>
      <p className="mt-3 text-ink-2">{t("disconnect.lead")}</p>
      <ul className="mt-2 list-disc space-y-1 pl-5 text-ink-2">
        {destroyed.map((what) => (
          <li key={what}>{what}</li>
        ))}
      </ul>
      <p className="mt-3 text-ink-2">{t("disconnect.kept")}</p>
      {endsThisSession && <p className="mt-3 text-ink-2">{t("disconnect.signsOut")}</p>}
      {isLastWayIn && (
        <p className="mt-3 text-ink-2">{t("disconnect.lastWayIn", { email: account.email })}</p>
      )}
      <form action={disconnect} className="mt-5 flex flex-wrap items-center gap-4">
        <input type="hidden" name="account" value={account.id} />
        <Button look="danger">{t("disconnect.confirm")}</Button>
        <Link href="/accounts" prefetch={false} className="text-sm underline underline-offset-2">
          {t("disconnect.keep")}
        </Link>
      </form>
    </section>
  );
}
