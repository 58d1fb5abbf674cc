import { Check, CircleHelp, X } from "lucide-react";
import type { AuthenticationCheck, AuthenticationNote } from "#lib/domain/original-message.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import type { Words } from "#lib/i18n/words.ts";

/** What a line about authentication says, below it. */
export function Authentication({ note }: { readonly note: AuthenticationNote }) {
  const t = useWords();
  return (
    <div className="mt-1 text-sm text-ink-2">
      <p>{sentence(t, note)}</p>
      {note.kind === "googles" && (
        <ul className="mt-0.5">
          {note.checks.map((check, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what a header says never moves
            <li key={index} className="flex gap-1.5">
              <Mark result={check.result} />
              {t(`original.check.${check.method}.${check.result}`, {
                domain: check.domain ?? t("original.check.noDomain"),
              })}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function sentence(t: Words, note: AuthenticationNote): string {
  switch (note.kind) {
    case "googles":
    case "spf":
    case "arc":
      return t(`original.note.${note.kind}`);
    case "others":
      return t("original.note.others", { by: note.by ?? t("original.note.nobody") });
    case "signature":
      return t("original.note.signature", { domain: note.domain ?? t("original.check.noDomain") });
    default:
      return note satisfies never;
  }
}

const marks = {
  pass: [Check, "text-ok"],
  fail: [X, "text-bad"],
  none: [CircleHelp, "text-ink-3"],
} as const;

function Mark({ result }: Pick<AuthenticationCheck, "result">) {
  const [Icon, color] = marks[result];
  return <Icon size={14} strokeWidth={1.75} aria-hidden className={`mt-[3px] flex-none ${color}`} />;
}
