"use client";

import { useEffect, useState } from "react";
import { ErrorStatement } from "#components/shell/error-statement.tsx";
import type { ErrorWords } from "#lib/i18n/error-words.ts";

const catalogues = {
  en: () => import("#lib/i18n/messages/en.json"),
  id: () => import("#lib/i18n/messages/id.json"),
  th: () => import("#lib/i18n/messages/th.json"),
};

/** The error page for when even the layout failed: it fetches its words itself. */
export default function GlobalError(props: Omit<Parameters<typeof ErrorStatement>[0], "words">) {
  const [words, setWords] = useState<ErrorWords | null>(null);
  const [language, setLanguage] = useState<keyof typeof catalogues>("en");
  useEffect(() => {
    const [asked = "en"] = navigator.languages
      .map((tag) => tag.slice(0, 2))
      .filter((tag) => tag in catalogues);
    const known = asked as keyof typeof catalogues;
    setLanguage(known);
    void catalogues[known]().then(({ default: { error } }) => setWords(error));
  }, []);
  return (
    <html lang={language}>
      <body>
        <title>Latchkey</title>
        <ErrorStatement {...props} words={words} />
      </body>
    </html>
  );
}
