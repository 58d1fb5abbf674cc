import { MailMinus } from "lucide-react";
import { unsubscribePath } from "#lib/domain/paths.ts";
import type { ReadableMessage } from "#lib/domain/readable-message.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly message: Pick<ReadableMessage, "id" | "unsubscribe">;
  readonly accountId: string;
}

const look =
  "inline-flex items-center gap-1 rounded px-1 text-xs leading-[18px] text-ink-2 underline decoration-line-strong underline-offset-2 hover:bg-hover hover:decoration-current";

/** The way out of a mailing list: a question of ours, else the list's own page, else a draft in the reader's mail program. */
export function Unsubscribe({ message: { id, unsubscribe }, accountId }: Props) {
  const t = useWords();
  if (unsubscribe === null) return null;
  const { oneClick, page, mail } = unsubscribe;
  const label = (
    <>
      <MailMinus size={14} strokeWidth={1.5} aria-hidden />
      {t("unsubscribe.button")}
    </>
  );
  if (oneClick !== null) {
    return (
      <a href={unsubscribePath(accountId, id)} className={look}>
        {label}
      </a>
    );
  }
  return page === null ? (
    <a href={mail ?? undefined} title={t("unsubscribe.byMail")} className={look}>
      {label}
    </a>
  ) : (
    <a
      href={page}
      target="_blank"
      rel="noopener noreferrer nofollow"
      title={t("unsubscribe.byPage", { host: new URL(page).host })}
      className={look}
    >
      {label}
    </a>
  );
}
