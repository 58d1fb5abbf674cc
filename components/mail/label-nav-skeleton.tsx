import { useWords } from "#lib/i18n/request-words.ts";

/** The rail before Google has named the labels: rows of the same height. */
export function LabelNavSkeleton() {
  const t = useWords();
  return (
    <div role="status" aria-label={t("list.labelsLoading")}>
      {Array.from({ length: 10 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical placeholders that never move
        <div key={index} className="flex h-[30px] items-center gap-2.5 px-2">
          <span className="skeleton size-4" />
          <span className="skeleton h-3 w-24" />
        </div>
      ))}
    </div>
  );
}
