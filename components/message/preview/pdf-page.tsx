import Link from "next/link";
import type { FilePreview } from "#lib/domain/file-preview.ts";
import { pagePicturePath, previewPath } from "#lib/domain/paths.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly file: Extract<FilePreview, { look: "pages" }>;
  readonly accountId: string;
  readonly messageId: string;
  readonly partId: string;
}

/** One page of a document as a picture, its words for whoever does not see it, and the way to the others. */
export function PdfPageView({ file, accountId, messageId, partId }: Props) {
  const t = useWords();
  const { page, pages, width, height, words } = file;
  const sheet = t("files.preview.sheet", { page, count: pages });
  const steps = [
    [page > 1 ? page - 1 : null, t("files.preview.earlier")],
    [page < pages ? page + 1 : null, t("files.preview.later")],
  ] as const;
  return (
    <>
      <nav aria-label={sheet} className="mb-2 flex items-center gap-3 text-sm text-ink-2">
        <span>{sheet}</span>
        {steps.map(
          ([to, label]) =>
            to !== null && (
              <Link
                key={label}
                href={previewPath(accountId, messageId, partId, to)}
                prefetch={false}
                replace
                className="rounded border border-line-strong bg-surface px-2.5 py-1 hover:bg-hover"
              >
                {label}
              </Link>
            ),
        )}
      </nav>
      {/* biome-ignore lint/performance/noImgElement: it is drawn for this place */}
      <img
        key={page}
        src={pagePicturePath(accountId, messageId, partId, page)}
        alt={sheet}
        width={width}
        height={height}
        className="h-auto w-full rounded border border-line bg-white"
      />
      {words !== "" && (
        <details className="mt-3 text-sm">
          <summary className="text-ink-2">{t("files.preview.words")}</summary>
          <p className="mt-2 break-words whitespace-pre-wrap">{words}</p>
        </details>
      )}
    </>
  );
}
