import { useWords } from "#lib/i18n/request-words.ts";

/** A message's subject, as the heading of its page. */
export function Subject({ text }: { readonly text: string | null }) {
  const t = useWords();
  return <h1 className="text-2xl font-semibold tracking-tight break-words">{text ?? t("list.noSubject")}</h1>;
}
