import { LanguageSwitch } from "#components/shell/language-switch.tsx";
import { useWords } from "#lib/i18n/request-words.ts";

type Props = Pick<Parameters<typeof LanguageSwitch>[0], "switchLanguage">;

/** Which language Latchkey speaks to whoever is signed in. */
export function LanguageSetting({ switchLanguage }: Props) {
  const t = useWords();
  return (
    <section aria-labelledby="language" className="mt-10">
      <h2 id="language" className="text-base font-semibold">
        {t("language.label")}
      </h2>
      <p className="mt-1 mb-2 text-sm text-ink-2">{t("language.hint")}</p>
      <LanguageSwitch path="/accounts" switchLanguage={switchLanguage} />
    </section>
  );
}
