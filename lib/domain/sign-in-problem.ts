/** Everything that can end a sign-in, each with a page that says what happened and what to do. */
export const signInProblems = [
  "access-denied",
  "admin-policy",
  "org-internal",
  "code-not-accepted",
  "state-missing",
  "clock-skew",
  "google-unavailable",
  "misconfigured",
  "not-allowed",
  "wrong-account",
  "belongs-to-another-user",
  "connected-elsewhere",
  "withdrawn",
  "suspended",
  "still-disconnecting",
  "sign-in-first",
  "unknown",
] as const;
export type SignInProblem = (typeof signInProblems)[number];

export const asSignInProblem = (text: string | undefined): SignInProblem =>
  signInProblems.find((problem) => problem === text) ?? "unknown";
