import { Button } from "#components/ui/button.tsx";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly accountId: string;
  readonly email: string;
  readonly revoke: (form: FormData) => Promise<void>;
  readonly reasonMissing: boolean;
}

/** Withdraws a key. The reason is asked for, since somebody will ask for it later. */
export function RevokeForm({ accountId, email, revoke, reasonMissing }: Props) {
  const t = useWords();
  return (
    <form
      action={revoke}
      aria-labelledby="revoke"
      className="mt-8 rounded-lg border border-line bg-surface p-4"
    >
      <h2 id="revoke" className="font-semibold">
        {t("revoke.title")}
      </h2>
      <p className="mt-1 text-sm text-ink-2">{t("revoke.text", { email })}</p>
      <input type="hidden" name="account" value={accountId} />
      <label htmlFor="reason" className="mt-3 block text-sm font-medium">
        {t("revoke.reason")}
      </label>
      <input
        id="reason"
        name="reason"
        required
        maxLength={500}
        autoComplete="off"
        aria-invalid={reasonMissing}
        aria-describedby="reason-hint"
        className="mt-1 h-9 w-full rounded border border-line-strong bg-paper px-3 aria-invalid:border-bad"
      />
      <p id="reason-hint" className={`mt-1 text-xs ${reasonMissing ? "text-bad" : "text-ink-3"}`}>
        {t(reasonMissing ? "revoke.reasonMissing" : "revoke.reasonHint")}
      </p>
      <label htmlFor="block" className="mt-3 block text-sm font-medium">
        {t("revoke.again")}
      </label>
      <select
        id="block"
        name="block"
        defaultValue="until-allowed"
        className="mt-1 h-9 w-full rounded border border-line-strong bg-paper px-3"
      >
        <option value="until-allowed">{t("revoke.until-allowed")}</option>
        <option value="30-days">{t("revoke.30-days")}</option>
        <option value="none">{t("revoke.none")}</option>
      </select>
      <Button look="danger" className="mt-3">
        {t("revoke.do")}
      </Button>
    </form>
  );
}
