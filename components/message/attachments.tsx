import { hasThumbnail } from "#lib/domain/attachment-looks.ts";
import { messagePartPath } from "#lib/domain/paths.ts";
import type { Attachment } from "#lib/domain/readable-message.ts";
import { formatBytes } from "#lib/i18n/numbers.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { AttachmentCard } from "./attachment-card.tsx";

interface Props {
  readonly attachments: readonly Attachment[];
  readonly accountId: string;
  readonly messageId: string;
  /** They belong to a message within the message: what saves all of them at once is not offered. */
  readonly isWithin?: true;
}

/** As many pictures are shown small: each is asked for at Google. */
const thumbnailsAtMost = 30;

/** What is attached: cards with pictures where there are any, lines on small screens. */
export function Attachments({ attachments, accountId, messageId, isWithin }: Props) {
  const t = useWords();
  if (attachments.length === 0) return null;
  const size = attachments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const pictured = new Set(attachments.filter(hasThumbnail).slice(0, thumbnailsAtMost));
  return (
    <section aria-label={t("message.attachments")} className="mt-8 border-t border-line pt-3">
      <div className="mb-2.5 flex items-baseline justify-between gap-4 text-xs text-ink-2">
        <h2>{t("files.count", { count: attachments.length })}</h2>
        {attachments.length > 1 && !isWithin && (
          <a
            href={messagePartPath(accountId, messageId, "attachments")}
            download
            className="text-ink underline decoration-line-strong underline-offset-4 hover:decoration-current"
          >
            {t("files.downloadAll", { size: formatBytes(t, size) })}
          </a>
        )}
      </div>
      <ul className="grid gap-2 md:grid-cols-3 md:gap-3">
        {attachments.map((attachment) => (
          <AttachmentCard
            key={attachment.partId}
            {...{ attachment, accountId, messageId }}
            look={pictured.has(attachment) ? "picture" : pictured.size > 0 ? "icon" : "line"}
          />
        ))}
      </ul>
    </section>
  );
}
