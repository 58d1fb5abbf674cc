import { CopyButton } from "#components/ui/copy-button.tsx";
import type { MailLink } from "#lib/domain/mail-link.ts";
import { linkNoteWords } from "#lib/i18n/link-words.ts";
import { useWords } from "#lib/i18n/request-words.ts";

/** Beyond these nobody reads on. */
const listed = 50;

/** The links of a message that were changed or marked, with what the mail had. */
export function ReportedLinks({ links }: { readonly links: readonly MailLink[] }) {
  const t = useWords();
  if (links.length === 0) return null;
  const words = { copied: t("pictures.links.copied"), notCopied: t("pictures.links.notCopied") };
  return (
    <>
      <h3 className="mt-3 font-medium text-ink">{t("pictures.links.title")}</h3>
      <ul className="mt-1 grid gap-2">
        {links.slice(0, listed).map(({ text, href, original, note }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a mail's links never move
          <li key={index} className="min-w-0">
            <p className="break-words text-ink">{text || href}</p>
            <p className="text-xs break-all">
              {href}
              {note && <span className="text-warn"> · {linkNoteWords(t, note)}</span>}
            </p>
            {original !== null && (
              <CopyButton
                text={original}
                words={words}
                className="inline-flex items-center gap-2 py-1 text-xs underline underline-offset-2 pointer-coarse:py-2.5"
              >
                {t("pictures.links.copy")}
              </CopyButton>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
