/** What a trip to Google is for, as the form says that begins it: never guessed from who is signed in. */
const signInPurposes = ["sign-in", "connect", "reconnect"] as const;
export type SignInPurpose = (typeof signInPurposes)[number];

export const asSignInPurpose = (text: string | undefined): SignInPurpose =>
  signInPurposes.find((purpose) => purpose === text) ?? "sign-in";
