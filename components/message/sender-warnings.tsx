import { Info, ShieldAlert } from "lucide-react";
import type { ReadableMessage } from "#lib/domain/readable-message.ts";
import type { SenderTrust, SenderWarning } from "#lib/domain/sender-trust.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { warningWords } from "#lib/i18n/warning-words.ts";

/** All that speaks against a message's sender: what the copy knows, and what stands in the message. */
export const warningsOf = (
  { problems, warnings }: ReadableMessage,
  trust: SenderTrust | null,
): readonly SenderWarning[] => [
  ...(trust?.warnings ?? []),
  ...problems.filter((problem) => problem.code === "misleading-name"),
  ...warnings,
];

/** Good to know, and no reason for alarm. */
const quiet = new Set<SenderWarning["code"]>(["passed-on", "replies-elsewhere", "first-message"]);

export const isGrave = ({ code }: SenderWarning): boolean => !quiet.has(code);

/** What speaks against a sender, each with its reasons behind it. */
export function SenderWarnings({ warnings }: { readonly warnings: readonly SenderWarning[] }) {
  const t = useWords();
  if (warnings.length === 0) return null;
  return (
    <ul aria-label={t("trust.warnings")} className="mb-4 grid gap-2">
      {warnings.map((warning) => (
        <Warning key={JSON.stringify(warning)} warning={warning} />
      ))}
    </ul>
  );
}

function Warning({ warning }: { readonly warning: SenderWarning }) {
  const t = useWords();
  const { title, text, reasons } = warningWords(t, warning);
  const isQuiet = !isGrave(warning);
  const Icon = isQuiet ? Info : ShieldAlert;
  return (
    <li
      className={`flex gap-2.5 rounded px-3 py-2 text-sm ${isQuiet ? "border border-line text-ink-2" : "bg-warn-wash text-warn"}`}
    >
      <Icon size={16} strokeWidth={1.5} aria-hidden className="mt-0.5 flex-none" />
      <div className="min-w-0 break-words">
        <strong className="font-semibold">{title}</strong> {text}{" "}
        <details className="inline">
          <summary className="inline-block list-none underline underline-offset-2 max-md:-my-2 max-md:py-2 [&::-webkit-details-marker]:hidden">
            {isQuiet ? t("trust.meaning") : t("trust.why")}
          </summary>
          <ul className="mt-1 list-disc pl-4">
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </details>
      </div>
    </li>
  );
}
