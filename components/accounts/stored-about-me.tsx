import { useWords } from "#lib/i18n/request-words.ts";

const stored = [
  "name",
  "refreshToken",
  "accessToken",
  "lists",
  "messages",
  "senders",
  "sessions",
  "language",
  "record",
] as const;

/** What is kept, in full, and how it ends. */
export function StoredAboutMe({ email }: { readonly email: string }) {
  const t = useWords();
  return (
    <section aria-labelledby="stored" className="mt-10">
      <h2 id="stored" className="text-base font-semibold">
        {t("stored.title")}
      </h2>
      <p className="mt-1 text-sm text-ink-2">{t("stored.signedInAs", { email })}</p>
      <dl className="mt-3 border-t border-line text-sm">
        {stored.map((what) => (
          <div key={what} className="grid gap-x-4 border-b border-line py-2 md:grid-cols-[240px_1fr]">
            <dt className="font-medium">{t(`stored.${what}.what`)}</dt>
            <dd className="text-ink-2">{t(`stored.${what}.why`)}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-sm text-ink-2">{t("stored.end")}</p>
    </section>
  );
}
