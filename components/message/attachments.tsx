import {
  CalendarDays,
  File,
  FileArchive,
  FileImage,
  FileSpreadsheet,
  FileText,
  type LucideIcon,
  Mail,
} from "lucide-react";
import { attachmentPath } from "#lib/domain/paths.ts";
import type { Attachment, AttachmentKind } from "#lib/domain/readable-message.ts";
import { formatBytes } from "#lib/i18n/numbers.ts";
import { useWords } from "#lib/i18n/request-words.ts";

const icons: Partial<Record<AttachmentKind, LucideIcon>> = {
  Archive: FileArchive,
  Calendar: CalendarDays,
  Document: FileText,
  Image: FileImage,
  Message: Mail,
  PDF: FileText,
  Table: FileSpreadsheet,
  Text: FileText,
};

interface Props {
  readonly attachments: readonly Attachment[];
  readonly accountId: string;
  readonly messageId: string;
}

export function Attachments({ attachments, accountId, messageId }: Props) {
  const t = useWords();
  if (attachments.length === 0) return null;
  return (
    <section aria-label={t("message.attachments")} className="mt-6">
      <ul className="flex flex-wrap gap-2.5">
        {attachments.map(({ partId, filename, kind, sizeBytes }) => {
          const Icon = icons[kind] ?? File;
          return (
            <li key={partId} className="max-w-full">
              <a
                href={attachmentPath(accountId, messageId, partId)}
                download={filename}
                className="flex items-center gap-2.5 rounded border border-line bg-surface px-3 py-2 text-sm hover:bg-hover"
              >
                <Icon size={16} strokeWidth={1.5} aria-hidden className="flex-none" />
                <span className="min-w-0">
                  <span className="block truncate leading-[18px]">{filename}</span>
                  <span className="block text-xs text-ink-3">
                    {t(`attachmentKind.${kind}`)} · {formatBytes(t, sizeBytes)}
                  </span>
                </span>
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
