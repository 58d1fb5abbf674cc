import type { SignInProblem } from "../domain/sign-in-problem.ts";

export interface SignInProblemWords {
  readonly title: string;
  readonly text: string;
  /** The one button. */
  readonly button: string;
  readonly prompt?: "select_account";
}

const again = "Try again with Google";
const another = { button: "Choose another account", prompt: "select_account" } as const;

const words: Readonly<Record<SignInProblem, SignInProblemWords>> = {
  "access-denied": {
    title: "You did not let Latchkey in",
    text: "Google's page was cancelled, so Latchkey got no key and stored nothing. Without your consent it cannot show your mail.",
    button: again,
  },
  "admin-policy": {
    title: "Your organization blocks Latchkey",
    text: "A Google Workspace admin has not allowed this app for your account. Only they can change that, in the admin console under API controls. Nothing was stored.",
    ...another,
  },
  "org-internal": {
    title: "This Latchkey is for one organization",
    text: "Google lets only accounts of that organization in. Nothing was stored.",
    ...another,
  },
  "code-not-accepted": {
    title: "That sign-in was used up or took too long",
    text: "Google's answer works once and for about ten minutes. Nothing was stored; a new sign-in gets a new one.",
    button: again,
  },
  "state-missing": {
    title: "This sign-in did not begin in this browser",
    text: "It may have been open for too long, or cookies are blocked. To be safe it was not finished, and nothing was stored.",
    button: again,
  },
  "clock-skew": {
    title: "This server's clock is wrong",
    text: "Google's answer is dated differently from the clock here, so it cannot be trusted. Whoever runs this Latchkey has to set the clock. Nothing was stored.",
    button: again,
  },
  "google-unavailable": {
    title: "Google is not answering",
    text: "The sign-in could not be finished, and nothing was stored. This passes by itself.",
    button: again,
  },
  misconfigured: {
    title: "Google does not know this Latchkey",
    text: "Whoever runs it has to check GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET. Nothing was stored.",
    button: again,
  },
  "not-allowed": {
    title: "This account may not enter here",
    text: "Whoever runs this Latchkey decides who may sign in, and this account is not among them. Nothing was stored.",
    ...another,
  },
  "wrong-account": {
    title: "That was another account",
    text: "A different Google account was chosen than the one to be reconnected. Nothing was changed.",
    button: "Choose the right account",
    prompt: "select_account",
  },
  "belongs-to-another-user": {
    title: "This account belongs to somebody else here",
    text: "It is connected by another user of this Latchkey, and an account belongs to one. Sign out first to enter as that user. Nothing was changed.",
    ...another,
  },
  "connected-elsewhere": {
    title: "This address is connected inside another Latchkey account",
    text: "Its owner reads its mail there. Signing in with it enters nothing until they allow that. Nothing was changed.",
    ...another,
  },
  withdrawn: {
    title: "An admin has withdrawn this account",
    text: "It may not be connected again yet. Ask an admin of this Latchkey to allow it. Nothing was stored.",
    ...another,
  },
  suspended: {
    title: "This account is suspended",
    text: "An admin of this Latchkey, or a security event at Google, has suspended it. Ask your admin. Nothing was stored.",
    ...another,
  },
  "still-disconnecting": {
    title: "This account is still being disconnected",
    text: "Google has not confirmed yet that the old access is revoked. As soon as it has, the account can be connected again.",
    button: again,
  },
  unknown: {
    title: "The sign-in did not come through",
    text: "Google or this server stumbled over it. Nothing was stored; the cause is in this server's log.",
    button: again,
  },
};

export const signInProblemWords = (problem: SignInProblem): SignInProblemWords => words[problem];
