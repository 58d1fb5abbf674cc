import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { LanguageSwitch } from "#components/shell/language-switch.tsx";
import { SignInForm } from "#components/shell/sign-in-form.tsx";
import { Statement } from "#components/shell/statement.tsx";
import { TellSignedOut } from "#components/shell/tell-signed-out.tsx";
import { noteWords } from "#lib/i18n/note-words.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { firstParam } from "#lib/request/search-params.ts";
import { currentUser, isPastVisitor } from "#lib/session/current-user.ts";
import { safeReturnPath, signInPath } from "#lib/session/return-path.ts";
import { switchLanguage } from "./language-actions.ts";

const facts = ["door.reads", "door.sealed", "door.quiet"] as const;

// No guard: this is the door.
export default async function Home({ searchParams }: PageProps<"/">) {
  const asked = await searchParams;
  const callbackUrl = safeReturnPath(firstParam(asked.callbackUrl));
  if (await currentUser()) redirect(callbackUrl);
  if (await isPastVisitor()) redirect("/accounts");
  const t = await requestWords();
  const note = noteWords(t, firstParam(asked.note));
  const strong = (words: ReactNode) => <strong className="font-medium text-ink">{words}</strong>;
  return (
    <Statement title={t("door.title")}>
      <TellSignedOut />
      {note && <p role="status">{note}</p>}
      <p>{t("door.lead")}</p>
      <SignInForm callbackUrl={callbackUrl} look="google">
        {t("door.signIn")}
      </SignInForm>
      <ul className="mt-8 grid gap-2 border-t border-line pt-5 text-sm">
        {facts.map((fact) => (
          <li key={fact}>{t.rich(fact, { b: strong })}</li>
        ))}
      </ul>
      <div className="mt-4 -ml-2.5">
        <LanguageSwitch path={signInPath(callbackUrl)} switchLanguage={switchLanguage} />
      </div>
    </Statement>
  );
}
