import { Download } from "lucide-react";
import { Time } from "#components/ui/time.tsx";
import type { OriginalMessage } from "#lib/domain/original-message.ts";
import { messagePartPath } from "#lib/domain/paths.ts";
import type { MessageSummary } from "#lib/domain/readable-message.ts";
import { formatDuration } from "#lib/i18n/durations.ts";
import { formatBytes } from "#lib/i18n/numbers.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { HeaderTable } from "./header-table.tsx";
import { Source } from "./source.tsx";
import { Way } from "./way.tsx";

interface Props {
  readonly original: OriginalMessage;
  readonly accountId: string;
  readonly id: string;
  /** What the copy has of it; null where it has nothing. */
  readonly known: MessageSummary | null;
  readonly zone: string;
}

/** A message as it was sent. */
export function OriginalView({ original, accountId, id, known, zone }: Props) {
  const t = useWords();
  const { subject, messageId, tookMs, source } = original;
  const size = source.isWhole ? source.shownBytes : (known?.sizeBytes ?? null);
  const facts = [
    [t("original.messageId"), <Code key="id">{messageId ?? t("original.noMessageId")}</Code>],
    [t("original.gmailId"), <Code key="gmail">{id}</Code>],
    known && [
      t("original.received"),
      <Time key="at" at={new Date(known.internalDateMs)} zone={zone} className="tabular-nums" />,
    ],
    tookMs !== null && [t("original.took"), formatDuration(t, tookMs)],
    size !== null && [
      t("original.size"),
      source.isWhole ? formatBytes(t, size) : t("original.sizeAbout", { size: formatBytes(t, size) }),
    ],
  ].filter((fact) => fact !== null && fact !== false);
  return (
    <article className="mx-auto max-w-[1040px] px-4 pt-6 pb-20 md:px-6">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <p className="text-sm text-ink-3">{t("original.page")}</p>
          <h1 className="text-2xl font-semibold tracking-tight break-words">
            {subject ?? t("list.noSubject")}
          </h1>
        </div>
        <a
          href={messagePartPath(accountId, id, "raw")}
          className="inline-flex h-8 items-center gap-2 rounded border border-line-strong bg-surface px-3 text-sm whitespace-nowrap hover:bg-hover"
        >
          <Download size={16} strokeWidth={1.5} aria-hidden />
          {t("original.download")}
        </a>
      </div>
      <dl
        aria-label={t("original.facts")}
        className="mt-4 grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1 border-t border-line pt-4 text-sm"
      >
        {facts.map(([name, value]) => (
          <div key={String(name)} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Way hops={original.hops} zone={zone} />
      <HeaderTable headers={original.headers} isCut={original.isCut} />
      <Source source={source} />
    </article>
  );
}

function Code({ children }: { readonly children: string }) {
  return <code className="font-mono text-xs break-all">{children}</code>;
}
