import type { SignInProblem } from "../domain/sign-in-problem.ts";
import type { SignInPurpose } from "../domain/sign-in-purpose.ts";

export interface SignInProblemWords {
  readonly title: string;
  readonly text: string;
  /** The button that begins the same trip again. */
  readonly button: string;
  readonly prompt?: "select_account";
}

type Told = Omit<SignInProblemWords, "text"> & {
  readonly text: (unchanged: string) => string;
  /** Said instead, where a trip was not for signing in. */
  readonly instead?: Partial<Record<SignInPurpose, { readonly title: string; readonly text: string }>>;
};

/** What a trip that failed has left behind: nothing, or an account that was there before. */
const unchanged: Readonly<Record<SignInPurpose, string>> = {
  "sign-in": "Nothing was stored.",
  connect: "No account was connected, and those you have here are as they were.",
  reconnect: "The account is as it was.",
};

const again = "Try again with Google";
const another = { button: "Choose another account", prompt: "select_account" } as const;

const words: Readonly<Record<SignInProblem, Told>> = {
  "access-denied": {
    title: "You did not let Latchkey in",
    text: () =>
      "Google's page was cancelled, so Latchkey got no key and stored nothing. Without your consent it cannot show your mail.",
    button: again,
    instead: {
      connect: {
        title: "No account was connected",
        text: "Google's page was cancelled. The accounts you have here are as they were.",
      },
      reconnect: {
        title: "The account was not reconnected",
        text: "Google's page was cancelled, so everything is as it was: what Latchkey keeps of this mailbox is still there, and new mail comes in once you have reconnected.",
      },
    },
  },
  "admin-policy": {
    title: "Your organization blocks Latchkey",
    text: (unchanged) =>
      `A Google Workspace admin has not allowed this app for your account. Only they can change that, in the admin console under API controls. ${unchanged}`,
    ...another,
  },
  "org-internal": {
    title: "This Latchkey is for one organization",
    text: (unchanged) => `Google lets only accounts of that organization in. ${unchanged}`,
    ...another,
  },
  "code-not-accepted": {
    title: "That sign-in was used up or took too long",
    text: (unchanged) =>
      `Google's answer works once and for about ten minutes; a new sign-in gets a new one. ${unchanged}`,
    button: again,
  },
  "state-missing": {
    title: "This sign-in did not begin in this browser",
    text: () =>
      "It may have been open for too long, or cookies are blocked. To be safe it was not finished, and nothing was stored.",
    button: again,
  },
  "clock-skew": {
    title: "This server's clock is wrong",
    text: (unchanged) =>
      `Google's answer is dated differently from the clock here, so it cannot be trusted. Whoever runs this Latchkey has to set the clock. ${unchanged}`,
    button: again,
  },
  "google-unavailable": {
    title: "Google is not answering",
    text: (unchanged) => `This could not be finished now, and passes by itself. ${unchanged}`,
    button: again,
  },
  misconfigured: {
    title: "Google does not know this Latchkey",
    text: (unchanged) =>
      `Whoever runs it has to check GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET; there is nothing that you can mend. ${unchanged}`,
    button: again,
  },
  "not-allowed": {
    title: "This account may not enter here",
    text: (unchanged) =>
      `Whoever runs this Latchkey decides who may sign in, and this account is not among them. What you had granted is taken back at Google. ${unchanged}`,
    ...another,
  },
  "wrong-account": {
    title: "That was another account",
    text: () => "A different Google account was chosen than the one to be reconnected. Nothing was changed.",
    button: "Choose the right account",
    prompt: "select_account",
  },
  "belongs-to-another-user": {
    title: "This account belongs to somebody else here",
    text: () =>
      "It is connected by another user of this Latchkey, and an account belongs to one. Sign out first to enter as that user. Nothing was changed.",
    ...another,
  },
  "connected-elsewhere": {
    title: "This address is connected inside another Latchkey account",
    text: () =>
      "Its owner reads its mail there. Signing in with it enters nothing until they allow that. Nothing was changed.",
    ...another,
  },
  withdrawn: {
    title: "An admin has withdrawn this account",
    text: () =>
      "It may not be connected again yet. Ask an admin of this Latchkey to allow it. Nothing was stored.",
    ...another,
  },
  suspended: {
    title: "This account is suspended",
    text: () =>
      "An admin of this Latchkey, or a security event at Google, has suspended it. Ask your admin. Nothing was changed.",
    ...another,
  },
  "still-disconnecting": {
    title: "This account is still being disconnected",
    text: () =>
      "Google has not confirmed yet that the old access is revoked. As soon as it has, the account can be connected again.",
    button: again,
  },
  "sign-in-first": {
    title: "Sign in first",
    text: () =>
      "An account is connected to whoever is signed in, and the session that this was begun with has ended. Nothing was connected.",
    button: "Sign in with Google",
  },
  unknown: {
    title: "The sign-in did not come through",
    text: (unchanged) =>
      `Google or this server stumbled over it; the cause is in this server's log. ${unchanged}`,
    button: again,
  },
};

export function signInProblemWords(
  problem: SignInProblem,
  purpose: SignInPurpose = "sign-in",
): SignInProblemWords {
  const { instead, text, ...rest } = words[problem];
  return { ...rest, text: text(unchanged[purpose]), ...instead?.[purpose] };
}
