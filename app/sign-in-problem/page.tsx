import type { Metadata } from "next";
import { SignInForm } from "#components/shell/sign-in-form.tsx";
import { Statement } from "#components/shell/statement.tsx";
import { asSignInProblem } from "#lib/domain/sign-in-problem.ts";
import { signInProblemWords } from "#lib/i18n/sign-in-problem-words.ts";
import { safeReturnPath } from "#lib/session/return-path.ts";
import { one } from "#lib/session/search-params.ts";

export const metadata: Metadata = { title: "Sign-in" };

// No guard: whoever stands here could not come in.
export default async function SignInProblem({ searchParams }: PageProps<"/sign-in-problem">) {
  const asked = await searchParams;
  const problem = asSignInProblem(one(asked.reason));
  const { title, text, button, prompt } = signInProblemWords(problem);
  const reconnect = one(asked.account);
  return (
    <Statement title={`${title}.`}>
      <p role="alert">{text}</p>
      <SignInForm
        callbackUrl={safeReturnPath(one(asked.callbackUrl))}
        {...(prompt ? { prompt } : {})}
        {...(reconnect ? { reconnect } : {})}
      >
        {button}
      </SignInForm>
    </Statement>
  );
}
