import type { SignInProblem } from "../domain/sign-in-problem.ts";
import type { SignInPurpose } from "../domain/sign-in-purpose.ts";
import type { Words } from "./words.ts";

export interface SignInProblemWords {
  readonly title: string;
  readonly text: string;
  /** The button that begins the same trip again. */
  readonly button: string;
  readonly prompt?: "select_account";
}

/** Those where another account helps, and the same one does not. */
const helpedByAnother: ReadonlySet<SignInProblem> = new Set([
  "admin-policy",
  "org-internal",
  "not-allowed",
  "belongs-to-another-user",
  "connected-elsewhere",
  "withdrawn",
  "suspended",
]);

/** What went wrong on the way to Google and back, what it has left behind, and the button that leads on. */
export function signInProblemWords(
  t: Words,
  problem: SignInProblem,
  purpose: SignInPurpose = "sign-in",
): SignInProblemWords {
  const told =
    problem === "access-denied" && purpose !== "sign-in" ? (`access-denied-${purpose}` as const) : problem;
  const unchanged = t(`signInProblem.unchanged.${purpose}`);
  return {
    title: t(`signInProblem.${told}.title`),
    text: t(`signInProblem.${told}.text`, { unchanged }),
    ...buttonOf(t, problem),
  };
}

function buttonOf(t: Words, problem: SignInProblem): Pick<SignInProblemWords, "button" | "prompt"> {
  if (helpedByAnother.has(problem)) return { button: t("signInProblem.another"), prompt: "select_account" };
  if (problem === "wrong-account") return { button: t("signInProblem.rightOne"), prompt: "select_account" };
  return { button: t(problem === "sign-in-first" ? "signInProblem.signIn" : "signInProblem.again") };
}
