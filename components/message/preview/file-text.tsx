import type { FilePreview } from "#lib/domain/file-preview.ts";
import { formatBytes } from "#lib/i18n/numbers.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly file: Extract<FilePreview, { look: "text" }>;
}

/** A text as it stands, with its line breaks; long runs may break anywhere. */
export function FileText({ file: { runs, charset, shownBytes } }: Props) {
  const t = useWords();
  if (runs.length === 0) return <p className="text-ink-3">{t("files.preview.empty")}</p>;
  const notes = [
    shownBytes !== null && t("files.preview.textCut", { size: formatBytes(t, shownBytes) }),
    t("files.preview.readAs", { charset }),
  ];
  return (
    <>
      <pre className="rounded-lg border border-line bg-surface px-4 py-3 font-mono text-sm whitespace-pre-wrap [tab-size:4] [overflow-wrap:break-word]">
        {runs.map(({ text, unbroken }, index) =>
          unbroken ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a file's runs never move
            <span key={index} className="break-all">
              {text}
            </span>
          ) : (
            text
          ),
        )}
      </pre>
      <p className="mt-2 text-xs text-ink-3">{notes.filter(Boolean).join(" ")}</p>
    </>
  );
}
