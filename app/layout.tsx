import "@fontsource-variable/inter";
import "@fontsource-variable/noto-sans-thai";
import "@fontsource/roboto/latin-500.css";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { ErrorWordsProvider } from "#components/shell/error-words.tsx";
import { SameLanguage } from "#components/shell/same-language.tsx";
import { TellTimeZone } from "#components/shell/tell-time-zone.tsx";
import { errorWords } from "#lib/i18n/error-words.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { timeZone, timeZoneCookie } from "#lib/request/time-zone.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await requestWords();
  return {
    title: { default: "Latchkey", template: "%s · Latchkey" },
    description: t("app.description"),
    robots: { index: false, follow: false },
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf9f6" },
    { media: "(prefers-color-scheme: dark)", color: "#151412" },
  ],
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const t = await requestWords();
  return (
    <html lang={t.language}>
      <body>
        <ErrorWordsProvider words={errorWords(t)}>{children}</ErrorWordsProvider>
        <SameLanguage language={t.language} />
        <TellTimeZone cookie={timeZoneCookie} used={await timeZone()} />
      </body>
    </html>
  );
}
