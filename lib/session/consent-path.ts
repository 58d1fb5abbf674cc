import { safeReturnPath } from "./return-path.ts";

/** The page that says why Google has to ask again. Where one was going is left out where that is too long to travel. */
export function consentPath(account: string, reason: string, callbackUrl: string): string {
  const short = `/consent?${new URLSearchParams({ reason, account })}`;
  const whole = `${short}&${new URLSearchParams({ callbackUrl: safeReturnPath(callbackUrl) })}`;
  return safeReturnPath(whole) === whole ? whole : short;
}
