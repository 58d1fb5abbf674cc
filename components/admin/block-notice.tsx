import { Button } from "#components/ui/button.tsx";
import type { Again } from "#lib/domain/account.ts";
import { againWords } from "#lib/i18n/account-words.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly accountId: string;
  readonly again: Again;
  readonly zone: string;
  readonly allowAgain: (form: FormData) => Promise<void>;
}

/** That a withdrawn account may not be connected again yet, and the way to allow it. */
export function BlockNotice({ accountId, again, zone, allowAgain }: Props) {
  const t = useWords();
  return (
    <form
      action={allowAgain}
      className="mt-4 flex flex-wrap items-center gap-3 rounded-lg border border-line bg-surface p-4 text-sm"
    >
      <input type="hidden" name="account" value={accountId} />
      <p className="min-w-52 flex-1 text-ink-2">{againWords(t, "admin", again, zone)}</p>
      <Button>{t("admin.allowReconnecting")}</Button>
    </form>
  );
}
