import { FileWarning } from "lucide-react";
import type { UnreadableCard as Unreadable } from "#lib/domain/card.ts";
import { attachmentPath } from "#lib/domain/paths.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly card: Unreadable;
  readonly accountId: string;
  readonly messageId: string;
}

/** Why there is no card, and the file. */
export function UnreadableCard({ card: { format, reason, source }, accountId, messageId }: Props) {
  const t = useWords();
  return (
    <p className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line px-3.5 py-2.5 text-sm text-ink-2 md:px-5">
      <FileWarning size={16} strokeWidth={1.5} aria-hidden className="flex-none text-ink-3" />
      <span>{t(`invitation.unreadable.${format}`, { reason: t(`invitation.unreadable.${reason}`) })}</span>
      <a
        href={attachmentPath(accountId, messageId, source.partId)}
        download={source.filename}
        className="underline underline-offset-2"
      >
        {t("invitation.unreadable.download")}
      </a>
    </p>
  );
}
