import { languages } from "#lib/domain/language.ts";
import { languageNames } from "#lib/i18n/languages.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  /** The page that shows this. */
  readonly path: string;
  readonly switchLanguage: (form: FormData) => Promise<void>;
}

/** The languages, each by its own name. Plain buttons of a form: it works before any script has arrived. */
export function LanguageSwitch({ path, switchLanguage }: Props) {
  const t = useWords();
  return (
    <form action={switchLanguage} aria-label={t("language.label")} className="flex flex-wrap gap-x-1 gap-y-1">
      <input type="hidden" name="page" value={path} />
      {languages.map((language) => (
        <button
          key={language}
          type="submit"
          name="language"
          value={language}
          lang={language}
          aria-pressed={language === t.language}
          className="h-8 rounded px-2.5 text-sm text-ink-2 hover:bg-hover aria-pressed:bg-idle-wash aria-pressed:font-medium aria-pressed:text-ink"
        >
          {languageNames[language]}
        </button>
      ))}
    </form>
  );
}
