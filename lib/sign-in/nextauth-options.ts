import "server-only";
import type { Account, AuthOptions, Profile } from "next-auth";
import type { Adapter, AdapterUser } from "next-auth/adapters";
import GoogleProvider, { type GoogleProfile } from "next-auth/providers/google";
import { requestedScopes } from "../domain/account.ts";
import { accountIdOf } from "../domain/ids.ts";
import type { AccountId } from "../domain/mail.ts";
import type { User } from "../domain/people.ts";
import type { Client } from "../domain/session.ts";
import { env } from "../env.ts";
import { discoveryUrl, type Endpoints } from "../oauth/discovery.ts";
import { safeReturnPath } from "../session/return-path.ts";
import type { GoogleIdentity } from "../use-cases/accounts/admission.ts";
import type { ExchangedTokens } from "../use-cases/accounts/keep-tokens.ts";
import { readSessionOwner } from "../use-cases/accounts/session-owner.ts";
import {
  createSession,
  endOfSession,
  endSession,
  findAccountBySub,
  longestSessionMs,
  makeSessionToken,
} from "../use-cases/accounts/sessions.ts";
import { nextAuthCookies } from "./nextauth-cookies.ts";

/** Judges Google's answer to the code exchange: true lets NextAuth open a session. */
export type Admit = (identity: GoogleIdentity, tokens: ExchangedTokens) => Promise<boolean>;

/**
 * NextAuth for one request.
 * @param endpoints where Google is; null for a request that does not go there
 */
export function nextAuthOptions(
  admit: Admit,
  client: Client,
  endpoints: Endpoints | null,
  onError: (error: unknown) => void,
): AuthOptions {
  const { GOOGLE_ISSUER, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, NEXTAUTH_SECRET } = env();
  return {
    secret: NEXTAUTH_SECRET,
    cookies: nextAuthCookies(),
    adapter: adapterFor(client),
    session: {
      strategy: "database",
      maxAge: longestSessionMs() / 1000,
      generateSessionToken: makeSessionToken,
    },
    pages: { signIn: "/", signOut: "/accounts", error: "/sign-in-problem" },
    providers: [
      GoogleProvider({
        clientId: GOOGLE_CLIENT_ID,
        clientSecret: GOOGLE_CLIENT_SECRET,
        issuer: GOOGLE_ISSUER,
        // Asked for once by us, and not by NextAuth for each form and each way back.
        ...(endpoints
          ? { wellKnown: "", token: endpoints.token, jwks_endpoint: endpoints.keys }
          : { wellKnown: discoveryUrl(GOOGLE_ISSUER) }),
        checks: ["pkce", "state", "nonce"],
        httpOptions: { timeout: 10_000 },
        // No forced prompt: a returning user sees no consent screen.
        authorization: {
          ...(endpoints ? { url: endpoints.authorization } : {}),
          params: {
            scope: requestedScopes.join(" "),
            access_type: "offline",
            include_granted_scopes: "true",
          },
        },
      }),
    ],
    callbacks: {
      signIn: async ({ account, profile }) =>
        account && profile ? admit(toIdentity(profile), toTokens(account)) : false,
      redirect: ({ url, baseUrl }) => new URL(safeReturnPath(url, "/mail", baseUrl), baseUrl).toString(),
    },
    logger: { error: (_code, metadata) => onError(metadata), warn: () => {}, debug: () => {} },
  };
}

/** The claims of the ID token, whose signature, audience, issuer and nonce NextAuth has verified. */
function toIdentity(profile: Profile): GoogleIdentity {
  const { sub, email, email_verified, name, hd } = profile as GoogleProfile;
  return { sub, email, emailVerified: email_verified === true, name: name ?? null, hd: hd ?? null };
}

function toTokens(account: Account): ExchangedTokens {
  const { access_token, refresh_token, scope, expires_at } = account;
  const refreshSeconds = Number(account.refresh_token_expires_in);
  if (!access_token) throw new Error("Google's answer to the code exchange has no access token.");
  return {
    accessToken: access_token,
    expiresInSeconds:
      expires_at === undefined ? 3599 : Math.max(0, expires_at - Math.floor(Date.now() / 1000)),
    scopes: scope?.split(" ").filter(Boolean) ?? [],
    refreshToken: refresh_token,
    refreshTokenExpiresInSeconds: Number.isFinite(refreshSeconds) ? refreshSeconds : undefined,
  };
}

const toAdapterUser = ({
  id,
  name,
  email,
}: Pick<User, "name" | "email"> & { readonly id: string }): AdapterUser => ({
  id,
  name,
  email,
  emailVerified: null,
});

const ours = (): never => {
  throw new Error("connectAccount makes users and accounts, before NextAuth looks for them.");
};

/**
 * What NextAuth needs of the database for one request: sessions, and who an account belongs to. Users, accounts and
 * tokens are made by `connectAccount`, sealed and in one transaction. How long a session lives is ours to say, so
 * NextAuth never extends one.
 * @param client where the request comes from
 */
function adapterFor(client: Client): Adapter {
  let proven: AccountId | null = null;
  return {
    createUser: ours,
    linkAccount: ours,
    updateUser: ours,
    getUserByEmail: async () => null,
    getUser: async () => null,
    getUserByAccount: async ({ providerAccountId }) => {
      const account = await findAccountBySub(providerAccountId);
      // A further account opens no session, whatever the trip was begun for.
      proven = account?.maySignIn ? accountIdOf(account.id) : null;
      return account && toAdapterUser(account.user);
    },
    createSession: async ({ sessionToken, userId, expires }) => {
      if (!proven) throw new Error("A session is opened by an account that Google has just proven.");
      await createSession(sessionToken, { userId, accountId: proven, ...client });
      return { sessionToken, userId, expires };
    },
    getSessionAndUser: async (sessionToken) => {
      const visitor = await readSessionOwner(sessionToken);
      if (!visitor?.isAdmitted) return null;
      const { user, session } = visitor;
      return {
        session: { sessionToken, userId: user.id, expires: endOfSession(session) },
        user: toAdapterUser(user),
      };
    },
    updateSession: async () => null,
    deleteSession: async (sessionToken) => endSession(sessionToken),
  };
}
