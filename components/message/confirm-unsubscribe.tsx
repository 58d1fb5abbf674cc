import { Button } from "#components/ui/button.tsx";
import { messagePath } from "#lib/domain/paths.ts";
import type { MailAddress } from "#lib/domain/readable-message.ts";
import type { Unsubscribe, UnsubscribeOutcome } from "#lib/domain/unsubscribe.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { outcomeWords } from "#lib/i18n/unsubscribe-words.ts";

interface Props {
  readonly ways: Unsubscribe;
  readonly accountId: string;
  readonly messageId: string;
  readonly from: MailAddress | null;
  /** What came of it; null while it is only asked. */
  readonly outcome: UnsubscribeOutcome | null;
  readonly leaveList: (form: FormData) => Promise<void>;
}

const link = "underline underline-offset-2";

/** Who will be asked what, before it is; afterwards, what they answered. */
export function ConfirmUnsubscribe({ ways, accountId, messageId, from, outcome, leaveList }: Props) {
  const t = useWords();
  const { oneClick, page, mail } = ways;
  const host = new URL(oneClick ?? page ?? "https://invalid").host;
  const name = from?.name || from?.address || host;
  return (
    <section aria-labelledby="unsubscribe" className="mx-auto max-w-[780px] px-4 pt-6 pb-20 md:px-6">
      <h1 id="unsubscribe" className="text-xl font-semibold tracking-tight break-words">
        {t("unsubscribe.title", { name })}
      </h1>
      {outcome && (
        <p
          role={outcome === "done" ? "status" : "alert"}
          className={`mt-4 rounded px-3 py-2 text-sm ${outcome === "done" ? "bg-ok-wash text-ok" : "bg-warn-wash text-warn"}`}
        >
          {outcomeWords(t, outcome, host)}
        </p>
      )}
      {outcome !== "done" && oneClick !== null && (
        <>
          <p className="mt-3 max-w-[560px] text-ink-2">{t("unsubscribe.lead", { host })}</p>
          <form action={leaveList} className="mt-5">
            <input type="hidden" name="account" value={accountId} />
            <input type="hidden" name="message" value={messageId} />
            <Button look="primary">{t(outcome ? "unsubscribe.again" : "unsubscribe.confirm")}</Button>
          </form>
        </>
      )}
      <ul className="mt-5 grid gap-1.5 text-sm text-ink-2">
        {outcome !== "done" && page && (
          <li>
            <a href={page} target="_blank" rel="noopener noreferrer nofollow" className={link}>
              {t("unsubscribe.byPage", { host: new URL(page).host })}
            </a>
          </li>
        )}
        {outcome !== "done" && mail && (
          <li>
            <a href={mail} className={link}>
              {t("unsubscribe.byMail")}
            </a>
          </li>
        )}
        <li>
          <a href={messagePath(accountId, messageId)} className={link}>
            {t("unsubscribe.back")}
          </a>
        </li>
      </ul>
    </section>
  );
}
