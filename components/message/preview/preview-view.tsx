import { Download } from "lucide-react";
import type { FilePreview } from "#lib/domain/file-preview.ts";
import { attachmentPath } from "#lib/domain/paths.ts";
import type { Attachment } from "#lib/domain/readable-message.ts";
import { formatBytes } from "#lib/i18n/numbers.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { AttachmentWarnings } from "../attachment-warnings.tsx";
import { FileTable } from "./file-table.tsx";
import { FileText } from "./file-text.tsx";
import { PdfPageView } from "./pdf-page.tsx";

interface Props {
  readonly attachment: Attachment;
  readonly preview: FilePreview;
  readonly accountId: string;
  readonly messageId: string;
}

/** An attachment on a page of its own: what it is, its download, and what is in it. */
export function PreviewView({ attachment, preview, accountId, messageId }: Props) {
  const t = useWords();
  const { partId, filename, kind, sizeBytes } = attachment;
  const address = attachmentPath(accountId, messageId, partId);
  return (
    <article className="mx-auto max-w-[1040px] px-4 pt-6 pb-20 md:px-6">
      <header className="mb-4 flex items-start justify-between gap-4">
        <div className="min-w-0">
          <h1 className="text-xl font-semibold tracking-tight break-words">{filename}</h1>
          <p className="text-xs text-ink-3">
            {t(`attachmentKind.${kind}`)} · {formatBytes(t, sizeBytes)}
          </p>
        </div>
        <a
          href={address}
          download={filename}
          className="inline-flex h-9 flex-none items-center gap-2 rounded border border-line-strong bg-surface px-3 text-sm hover:bg-hover"
        >
          <Download size={16} strokeWidth={1.5} aria-hidden />
          {t("files.preview.save")}
        </a>
      </header>
      <div className="overflow-hidden rounded-lg [&>div]:mb-4 [&>div]:rounded-lg [&>div]:border">
        <AttachmentWarnings attachment={attachment} />
      </div>
      <Content {...{ preview, address, filename }} place={{ accountId, messageId, partId }} />
    </article>
  );
}

interface ContentProps {
  readonly preview: FilePreview;
  /** Where its bytes are. */
  readonly address: string;
  readonly filename: string;
  readonly place: { readonly accountId: string; readonly messageId: string; readonly partId: string };
}

function Content({ preview, address, filename, place }: ContentProps) {
  const t = useWords();
  switch (preview.look) {
    case "picture":
      return (
        // biome-ignore lint/performance/noImgElement: it comes from the mail
        <img src={address} alt={filename} className="mx-auto h-auto max-w-full rounded border border-line" />
      );
    case "sound":
      return (
        // biome-ignore lint/a11y/useMediaCaption: nobody has sent any
        <audio controls preload="metadata" src={address} aria-label={filename} className="w-full" />
      );
    case "text":
      return <FileText file={preview} />;
    case "table":
      return <FileTable file={preview} label={filename} />;
    case "pages":
      return <PdfPageView file={preview} {...place} />;
    case null:
      return (
        <p className="rounded-lg border border-line px-4 py-6 text-ink-2">{t("files.preview.notShown")}</p>
      );
    default:
      return preview satisfies never;
  }
}
