import { Copy } from "lucide-react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { OriginalSource } from "#lib/domain/original-message.ts";
import { formatBytes } from "#lib/i18n/numbers.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { Section } from "./section.tsx";

const fieldId = "source";

/** The source of a message, or its beginning, to look at and to copy. A field: all of it can be selected, and nothing else is. */
export function Source({ source: { text, shownBytes, isWhole } }: { readonly source: OriginalSource }) {
  const t = useWords();
  return (
    <Section
      title={t("original.source")}
      hint={t("original.sourceHint")}
      action={
        <CopyButton
          from={fieldId}
          words={{ copied: t("original.copied"), notCopied: t("original.notCopied") }}
          className="inline-flex h-8 items-center gap-2 rounded border border-line-strong bg-surface px-3 text-sm hover:bg-hover"
        >
          <Copy size={16} strokeWidth={1.5} aria-hidden />
          {t("original.copy")}
        </CopyButton>
      }
    >
      <textarea
        id={fieldId}
        readOnly
        aria-label={t("original.source")}
        dir="ltr"
        wrap="off"
        rows={28}
        spellCheck={false}
        defaultValue={text}
        className="mt-3 block w-full resize-y rounded border border-line-strong bg-sunken p-3 font-mono text-xs text-ink"
      />
      {!isWhole && (
        <p className="mt-2 text-sm text-ink-3">
          {t("original.sourceBeginning", { size: formatBytes(t, shownBytes) })}
        </p>
      )}
    </Section>
  );
}
