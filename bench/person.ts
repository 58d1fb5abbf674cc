/** People at the local Google who have connected their mailbox, as after the code exchange of a first sign-in. */
import type { Control } from "#dev/google/control-client.ts";
import type { AccountId } from "#lib/domain/mail.ts";
import { sessionCookieName } from "#lib/session/cookies.ts";
import { connectAccount } from "#lib/use-cases/accounts/connect-account.ts";
import { createSession, findAccountBySub, makeSessionToken } from "#lib/use-cases/accounts/sessions.ts";

export interface ConnectedPerson {
  readonly email: string;
  readonly accountId: AccountId;
  /** Google's, as they were stored. */
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Of a browser that is signed in and has run our script on the page it signed in from. */
  readonly cookies: readonly { readonly name: string; readonly value: string }[];
}

let people = 0;

/** The mailbox is there when this returns: seeding it is not to be measured. */
export async function connectPerson(google: Control, messages: number): Promise<ConnectedPerson> {
  people += 1;
  const word = String(people).padStart(8, "0");
  const [email, name] = [`b-${word}@example.org`, `Bench ${word}`];
  await google.addPerson({ email, name, correspondence: messages > 0 ? "english" : "empty", messages });
  const { sub, accessToken, refreshToken, scope } = await google.grant(email);
  const outcome = await connectAccount({
    identity: { sub, email, emailVerified: true, name, hd: "example.org" },
    tokens: {
      accessToken,
      expiresInSeconds: 3599,
      scopes: scope.split(" "),
      refreshToken,
      refreshTokenExpiresInSeconds: undefined,
    },
    currentUserId: null,
    reconnecting: null,
  });
  if (!outcome.connected) throw new Error(`The account was refused: ${outcome.refusal}.`);
  await seedMailbox(google, accessToken);
  const value = makeSessionToken();
  const account = await findAccountBySub(sub);
  if (!account) throw new Error("The account was connected, and is not there.");
  const { userId } = account;
  await createSession(value, { userId, accountId: outcome.accountId, address: null, userAgent: null });
  const cookies = [
    { name: sessionCookieName(), value },
    // lib/request/time-zone.ts reads it; Next alone can load that file.
    { name: "latchkey.zone", value: "UTC" },
  ];
  return { email, accountId: outcome.accountId, accessToken, refreshToken, cookies };
}

/** The local Google writes a mailbox when it is first asked for. */
async function seedMailbox(google: Control, accessToken: string): Promise<void> {
  const answer = await fetch(`${google.url}/gmail/v1/users/me/messages?maxResults=1`, {
    headers: { Authorization: `Bearer ${accessToken}` },
  });
  if (!answer.ok) throw new Error(`The local Google does not show the mailbox: ${answer.status}.`);
  await answer.arrayBuffer();
}
