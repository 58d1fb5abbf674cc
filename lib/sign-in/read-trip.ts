import "server-only";
import { asAccountId } from "../domain/ids.ts";
import { asSignInPurpose, type SignInPurpose } from "../domain/sign-in-purpose.ts";
import { visitorWith } from "../session/current-user.ts";
import { safeReturnPath } from "../session/return-path.ts";
import { loginHintFor } from "../use-cases/accounts/my-accounts.ts";
import type { SignInTrip } from "../use-cases/accounts/sign-in-flows.ts";
import type { SentCall } from "./auth-call.ts";
import { problemPage, redirectTo } from "./auth-response.ts";

export type AskedTrip =
  | { readonly begins: true; readonly trip: SignInTrip; readonly loginHint: string | null }
  | { readonly begins: false; readonly answer: Response };

/**
 * What a form asks for. The door signs in, whoever is signed in by now in this browser; only a form that says so connects
 * or reconnects, and only for the session that it is sent with.
 */
export async function readTrip(sent: SentCall): Promise<AskedTrip> {
  const callbackUrl = safeReturnPath(sent.form.callbackUrl);
  const purpose = purposeOf(sent.form);
  const signIn = { purpose: "sign-in", connectingUserId: null, reconnecting: null, callbackUrl } as const;
  if (purpose === "sign-in") return { begins: true, trip: signIn, loginHint: null };
  const user = sent.sessionToken ? (await visitorWith(sent.sessionToken))?.user : undefined;
  if (!user) return { begins: false, answer: problemPage("sign-in-first", signIn) };
  const mine = { ...signIn, purpose, connectingUserId: user.id };
  if (purpose === "connect") return { begins: true, trip: mine, loginHint: null };
  const reconnecting = asAccountId(sent.form.reconnect ?? "");
  const loginHint = reconnecting && (await loginHintFor(user, reconnecting));
  // Gone by now, or never theirs: what they have is on that page.
  if (!loginHint) return { begins: false, answer: redirectTo("/accounts") };
  return { begins: true, trip: { ...mine, reconnecting }, loginHint };
}

/** A form that names an account reconnects it. */
const purposeOf = ({ purpose, reconnect }: SentCall["form"]): SignInPurpose =>
  reconnect ? "reconnect" : asSignInPurpose(purpose);
