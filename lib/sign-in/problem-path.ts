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
 * Where the way back of a finished trip leads when it is opened without the session that the trip made: in a tab loaded
 * beside the first one, whose request was sent before that session was there. By then the browser has the session, and
 * the page leads on.
 */
export const usedUpPath = (trip: FailedTrip, landing: string): string =>
  `${problemPath("code-not-accepted", { ...trip, callbackUrl: landing })}&used=up`;

/** Stands for the trip of a failure that belongs to no known trip. */
export const unknownTrip: FailedTrip = { purpose: "sign-in", reconnecting: null, callbackUrl: "/mail" };
