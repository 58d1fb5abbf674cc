import type { FilePreview } from "#lib/domain/file-preview.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly file: Extract<FilePreview, { look: "table" }>;
  readonly label: string;
}

/** Rows and columns of a file, the first row as their head. A wide one scrolls in itself. */
export function FileTable({ file: { rows, charset, isCut }, label }: Props) {
  const t = useWords();
  const [head, ...body] = rows;
  if (head === undefined) return <p className="text-ink-3">{t("files.preview.empty")}</p>;
  const notes = [isCut && t("files.preview.tableCut"), t("files.preview.readAs", { charset })];
  return (
    <>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        tabIndex={0}
        aria-label={label}
        className="max-h-[75vh] overflow-auto rounded-lg border border-line bg-surface"
      >
        <table className="min-w-full border-separate border-spacing-0 text-sm">
          <thead>
            <tr>
              {head.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a file's columns never move
                <Cell key={index} as="th" text={cell} />
              ))}
            </tr>
          </thead>
          <tbody>
            {body.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a file's rows never move
              <tr key={index}>
                {row.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a file's columns never move
                  <Cell key={column} as="td" text={cell} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="mt-2 text-xs text-ink-3">{notes.filter(Boolean).join(" ")}</p>
    </>
  );
}

const number = /^[-+]?[\d.,\s]*\d\s*%?$/u;

function Cell({ as: Tag, text }: { readonly as: "th" | "td"; readonly text: string }) {
  const isHead = Tag === "th";
  return (
    <Tag
      scope={isHead ? "col" : undefined}
      className={`max-w-[360px] min-w-16 border-b border-line px-3 py-1.5 align-top break-words ${
        isHead
          ? "sticky top-0 bg-sunken text-left font-medium text-ink-2"
          : number.test(text)
            ? "text-right"
            : ""
      }`}
    >
      {text}
    </Tag>
  );
}
