import "server-only";
import { cookies } from "next/headers";
import { cookieLine, holderCookieName } from "../session/cookies.ts";
import { proofLifeMs } from "../use-cases/accounts/sessions.ts";

/** The `Set-Cookie` line that hands a holder's proof to their browser. */
export const holderCookieLine = (token: string): string =>
  cookieLine(holderCookieName(), token, proofLifeMs / 1000);

/** The proof that this browser was handed, if any. */
export const holderToken = async (): Promise<string | undefined> =>
  (await cookies()).get(holderCookieName())?.value;
