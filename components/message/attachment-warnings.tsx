import { TriangleAlert } from "lucide-react";
import { isProgram, isSuspicious } from "#lib/domain/attachment-looks.ts";
import type { NamePiece } from "#lib/domain/file-name.ts";
import type { Attachment } from "#lib/domain/readable-message.ts";
import { useWords } from "#lib/i18n/request-words.ts";

/** What of a file is not what it seems, and its name as it was written. */
export function AttachmentWarnings({ attachment }: { readonly attachment: Attachment }) {
  const t = useWords();
  const { tricks, written, isNamed } = attachment;
  const isBad = isSuspicious(attachment);
  const sentences = [
    ...tricks.map((trick) => t(`files.trick.${trick}`)),
    ...(isProgram(attachment) ? [t("files.program")] : []),
    ...(isNamed ? [] : [t("files.noName")]),
  ];
  if (sentences.length === 0) return null;
  return (
    <div
      className={`flex gap-2 border-t border-line px-3 py-2 text-xs ${isBad ? "bg-warn-wash text-warn" : "text-ink-3"}`}
    >
      {isBad && <TriangleAlert size={14} strokeWidth={1.5} aria-hidden className="mt-px flex-none" />}
      <div className="min-w-0">
        <p>{sentences.join(" ")}</p>
        {written.length > 0 && (
          <p className="mt-1 max-h-32 overflow-y-auto break-all">
            {t("files.written")} <Written pieces={written} />
          </p>
        )}
      </div>
    </div>
  );
}

/** A name left to right, with its hidden characters named. */
function Written({ pieces }: { readonly pieces: readonly NamePiece[] }) {
  return (
    <bdo dir="ltr" className="text-ink">
      {pieces.map((piece, index) =>
        "text" in piece ? (
          piece.text
        ) : (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a name never move
            key={index}
            className="mx-px whitespace-nowrap rounded border border-current px-0.5 text-[10px] text-warn"
          >
            {piece.mark}
          </span>
        ),
      )}
    </bdo>
  );
}
