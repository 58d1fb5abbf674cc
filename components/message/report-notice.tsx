import type { Report } from "#lib/domain/report.ts";
import { reportWords } from "#lib/i18n/report-words.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly report: Report;
  /** Whether the message that it is about stands below. */
  readonly hasOriginal: boolean;
  readonly zone: string;
}

/** What a server or a mail program reports, in sentences; the report itself is a fold away. */
export function ReportNotice({ report, hasOriginal, zone }: Props) {
  const t = useWords();
  const sentences = reportWords(t, report, zone);
  return (
    <section
      aria-label={t("bodies.report.label")}
      className="mb-4 rounded border border-line bg-surface px-4 py-3"
    >
      {sentences.map((sentence, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what a report says never moves
        <p key={index} className={`break-words ${index === 0 ? "font-semibold" : "mt-1 text-sm text-ink-2"}`}>
          {sentence}
        </p>
      ))}
      {hasOriginal && report.kind !== "complaint" && (
        <p className="mt-1 text-sm text-ink-2">{t("bodies.report.original")}</p>
      )}
      <details className="mt-2 text-sm text-ink-3">
        <summary className="w-fit cursor-pointer">{t("bodies.report.details")}</summary>
        <pre className="mt-2 overflow-x-auto text-xs leading-5 whitespace-pre-wrap">{report.details}</pre>
      </details>
    </section>
  );
}
