import type { Control } from "#dev/google/control-client.ts";
import { database } from "../../db/client.ts";
import { type AccountStatus, requestedScopes } from "../../domain/account.ts";
import type { AccountId } from "../../domain/mail.ts";
import type { Admin, User, UserId } from "../../domain/people.ts";
import { env } from "../../env.ts";
import { type Credential, readCredential } from "../../vault/credential-store.ts";
import { statusOf } from "./account-status.ts";
import type { GoogleIdentity } from "./admission.ts";
import { connectAccount } from "./connect-account.ts";
import type { ExchangedTokens } from "./keep-tokens.ts";
import { createSession, makeSessionToken } from "./sessions.ts";

let people = 0;

/** Somebody nobody else in this test file has to do with. */
export async function newPerson(google: Control, messages = 0): Promise<GoogleIdentity> {
  people += 1;
  const email = `person-${people}@example.org`;
  const { sub, hd, name } = await google.addPerson({
    email,
    name: `Person ${people}`,
    correspondence: "english",
    messages,
  });
  return { sub, email, emailVerified: true, name, hd };
}

/** What a code exchange brings after a full consent: tokens that the local Google knows. */
export async function exchange(
  google: Control,
  { email }: GoogleIdentity,
  rest: Partial<ExchangedTokens> = {},
): Promise<ExchangedTokens & { refreshToken: string }> {
  const granted = await google.grant(email, { scopes: [...(rest.scopes ?? requestedScopes)] });
  return {
    accessToken: granted.accessToken,
    expiresInSeconds: 3599,
    scopes: granted.scope.split(" "),
    refreshTokenExpiresInSeconds: undefined,
    ...rest,
    refreshToken: rest.refreshToken ?? granted.refreshToken,
  };
}

export interface Connected {
  readonly identity: GoogleIdentity;
  readonly accountId: AccountId;
  readonly user: User;
  readonly tokens: ExchangedTokens;
}

/** A person who has signed in: their account is ACTIVE, and both tokens are good. */
export async function connected(google: Control, person?: GoogleIdentity): Promise<Connected> {
  const identity = person ?? (await newPerson(google));
  const tokens = await exchange(google, identity);
  const outcome = await connectAccount({ identity, tokens, currentUserId: null, reconnecting: null });
  if (!outcome.connected) throw new Error(outcome.refusal);
  return { identity, accountId: outcome.accountId, user: await ownerOf(outcome.accountId), tokens };
}

/** A browser that this account has signed in. @returns the session's token */
export async function signedIn({ user, accountId }: Pick<Connected, "user" | "accountId">): Promise<string> {
  const token = makeSessionToken();
  await createSession(token, { userId: user.id, accountId, address: null, userAgent: null });
  return token;
}

/** A further account of somebody who is signed in. */
export async function connectedFurther(google: Control, { user }: Connected): Promise<Connected> {
  const identity = await newPerson(google);
  const tokens = await exchange(google, identity);
  const outcome = await connectAccount({ identity, tokens, currentUserId: user.id, reconnecting: null });
  if (!outcome.connected) throw new Error(outcome.refusal);
  return { identity, accountId: outcome.accountId, user, tokens };
}

/** Like {@link connected}, with an access token that has run out here and at Google. */
export async function connectedAndExpired(google: Control, person?: GoogleIdentity): Promise<Connected> {
  const account = await connected(google, person);
  await expire(account.accountId);
  await google.expireAccessTokens(account.identity.email);
  return account;
}

/** The stored access token ran out a second ago. */
export async function expire(accountId: AccountId): Promise<void> {
  await database().credential.update({
    where: { accountId },
    data: { accessTokenExpiresAt: new Date(Date.now() - 1000) },
  });
}

async function ownerOf(accountId: AccountId): Promise<User> {
  const { user } = await rowOf(accountId);
  return {
    id: user.id as UserId,
    name: user.name,
    email: user.email,
    isAdmin: false,
    language: null,
    __proof: "requireUser",
  };
}

export const anAdmin: Admin = {
  id: "0190a000-0000-7000-8000-00000000ad31" as UserId,
  name: "Ada Admin",
  email: "admin@example.org",
  isAdmin: true,
  language: null,
  __proof: "requireUser",
  __adminProof: "requireAdmin",
};

export const rowOf = (accountId: AccountId) =>
  database().account.findUniqueOrThrow({ where: { id: accountId }, include: { user: true } });

export const stateOf = async (accountId: AccountId): Promise<AccountStatus> =>
  statusOf(await rowOf(accountId));

export const credentialOf = (accountId: AccountId): Promise<Credential | null> =>
  readCredential(database(), env().TOKEN_KEYS, accountId);

/** The account's audit trail, oldest first. */
export const actionsOf = async (accountId: AccountId): Promise<string[]> => {
  const events = await database().auditEvent.findMany({
    where: { accountId },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  });
  return events.map(({ action }) => action);
};

/** How many rows every table of ours holds. */
export async function countRows(): Promise<Record<string, number>> {
  const [user, account, dataKey, credential, session, auditEvent] = await Promise.all([
    database().user.count(),
    database().account.count(),
    database().dataKey.count(),
    database().credential.count(),
    database().session.count(),
    database().auditEvent.count(),
  ]);
  return { user, account, dataKey, credential, session, auditEvent };
}
