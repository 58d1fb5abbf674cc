import { redirect } from "next/navigation";
import { SignInForm } from "#components/shell/sign-in-form.tsx";
import { Statement } from "#components/shell/statement.tsx";
import { WaysOut } from "#components/shell/ways-out.tsx";
import { asSignInProblem } from "#lib/domain/sign-in-problem.ts";
import { asSignInPurpose } from "#lib/domain/sign-in-purpose.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { signInProblemWords } from "#lib/i18n/sign-in-problem-words.ts";
import { titled } from "#lib/i18n/titled.ts";
import { firstParam } from "#lib/request/search-params.ts";
import { currentUser } from "#lib/session/current-user.ts";
import { safeReturnPath } from "#lib/session/return-path.ts";

export const generateMetadata = titled("signInProblem.page");

// No guard: whoever stands here could not come in.
export default async function SignInProblem({ searchParams }: PageProps<"/sign-in-problem">) {
  const asked = await searchParams;
  const problem = asSignInProblem(firstParam(asked.reason));
  const purpose = asSignInPurpose(firstParam(asked.purpose));
  const t = await requestWords();
  const { title, text, button, prompt } = signInProblemWords(t, problem, purpose);
  const reconnect = purpose === "reconnect" ? firstParam(asked.account) : undefined;
  const trip = {
    callbackUrl: safeReturnPath(firstParam(asked.callbackUrl)),
    purpose,
    ...(reconnect ? { reconnect } : {}),
  };
  const user = await currentUser();
  if (user && firstParam(asked.used) === "up") redirect(trip.callbackUrl);
  return (
    <Statement title={t("sentence", { title })}>
      <p role="alert">{text}</p>
      <div className="flex flex-wrap items-center gap-3">
        <SignInForm {...trip} {...promptOf(prompt, reconnect)}>
          {button}
        </SignInForm>
        {!prompt && !reconnect && (
          <SignInForm {...trip} prompt="select_account" look="quiet">
            {t("signInProblem.another")}
          </SignInForm>
        )}
      </div>
      <WaysOut signedInAs={user?.email ?? null} />
    </Statement>
  );
}

/** Only Google's consent page brings a lasting key again. */
const promptOf = (prompt: "select_account" | undefined, reconnect: string | undefined) =>
  prompt ? { prompt } : reconnect ? { prompt: "consent" as const } : {};
