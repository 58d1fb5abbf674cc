import type { SignInProblem } from "../domain/sign-in-problem.ts";
import type { SignInTrip } from "../use-cases/accounts/sign-in-flows.ts";

/** What a problem page has to know of the trip that failed, so that its button begins the same one again. */
export type FailedTrip = Pick<SignInTrip, "purpose" | "reconnecting" | "callbackUrl">;

/** The page that says what ended a sign-in. */
export function problemPath(
  reason: SignInProblem,
  { purpose, reconnecting, callbackUrl }: FailedTrip,
): string {
  const asked = new URLSearchParams({
    reason,
    ...(purpose === "sign-in" ? {} : { purpose }),
    ...(reconnecting ? { account: reconnecting } : {}),
    callbackUrl,
  });
  return `/sign-in-problem?${asked}`;
}

/**
 * For the way back of a trip that has led to somebody's session, opened without it: a tab that was loaded beside the first
 * one, whose request was written before that session was there. By the time of this page the browser has it, and is led on.
 */
export const usedUpPath = (trip: FailedTrip, landing: string): string =>
  `${problemPath("code-not-accepted", { ...trip, callbackUrl: landing })}&used=up`;

/** For a failure of which nobody knows the trip. */
export const unknownTrip: FailedTrip = { purpose: "sign-in", reconnecting: null, callbackUrl: "/mail" };
