import { Download } from "lucide-react";
import { previewLook } from "#lib/domain/attachment-looks.ts";
import { attachmentPath, previewPath } from "#lib/domain/paths.ts";
import type { Attachment } from "#lib/domain/readable-message.ts";
import { formatBytes } from "#lib/i18n/numbers.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { AttachmentWarnings } from "./attachment-warnings.tsx";
import { KindIcon } from "./kind-icon.tsx";

interface Props {
  readonly attachment: Attachment;
  readonly accountId: string;
  readonly messageId: string;
  /** With the picture itself, with a sign in its place, or without a place for one. */
  readonly look: "picture" | "icon" | "line";
}

/** One attachment: what it is, how large, what is odd about it, and its download. */
export function AttachmentCard({ attachment, accountId, messageId, look }: Props) {
  const t = useWords();
  const { partId, filename, kind, sizeBytes, isRepeated } = attachment;
  const address = attachmentPath(accountId, messageId, partId);
  const isShown = previewLook(attachment) !== null;
  const main = isShown
    ? { href: previewPath(accountId, messageId, partId) }
    : { href: address, download: filename };
  const facts = [t(`attachmentKind.${kind}`), formatBytes(t, sizeBytes), isRepeated && t("files.repeated")];
  return (
    <li className="relative flex min-w-0 flex-col overflow-hidden rounded-lg border border-line bg-surface hover:border-line-strong hover:bg-hover has-[a:focus-visible]:border-line-strong">
      <div className={`flex min-w-0 items-center ${look === "line" ? "" : "md:flex-col md:items-stretch"}`}>
        <div
          className={`grid flex-none place-items-center overflow-hidden ${
            look === "line"
              ? "h-[54px] w-11 pl-1"
              : "h-[54px] w-[76px] border-r border-line bg-sunken md:h-24 md:w-auto md:border-r-0 md:border-b"
          }`}
        >
          {look === "picture" ? (
            // biome-ignore lint/performance/noImgElement: it is of this very size, and comes from the mail
            <img src={address} alt="" loading="lazy" decoding="async" className="size-full object-cover" />
          ) : (
            <KindIcon attachment={attachment} />
          )}
        </div>
        <div className="flex min-w-0 flex-1 items-center gap-1 py-1.5 pr-1.5 pl-3">
          <div className="min-w-0 flex-1">
            <a
              {...main}
              title={filename}
              className="block truncate text-sm leading-[18px] outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-brass-mark"
            >
              {filename}
            </a>
            <p className="truncate text-xs text-ink-3">{facts.filter(Boolean).join(" · ")}</p>
          </div>
          {isShown ? (
            <a
              href={address}
              download={filename}
              aria-label={t("files.preview.download", { name: filename })}
              className="relative grid size-9 flex-none place-items-center rounded text-ink-3 hover:bg-idle-wash hover:text-ink"
            >
              <Download size={16} strokeWidth={1.5} aria-hidden />
            </a>
          ) : (
            <span className="grid size-9 flex-none place-items-center text-ink-3">
              <Download size={16} strokeWidth={1.5} aria-hidden />
            </span>
          )}
        </div>
      </div>
      <AttachmentWarnings attachment={attachment} />
    </li>
  );
}
