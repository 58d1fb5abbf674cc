import { createHash } from "node:crypto";
import type { Google } from "../google.ts";
import { type Answer, json } from "../http/answer.ts";
import { type Call, formOf } from "../http/call.ts";
import type { Client } from "../options.ts";
import type { Person } from "../people.ts";
import { clientOf } from "./client-authentication.ts";
import type { Authorization } from "./codes.ts";
import { accessTokenSeconds, type DeathCause, type RefreshToken } from "./grants.ts";
import { idTokenFor } from "./id-token.ts";

const sevenDaysS = 7 * 24 * 3600;

export function oauthError(status: number, error: string, description: string, subtype?: string): Answer {
  return json(status, {
    error,
    error_description: description,
    ...(subtype === undefined ? {} : { error_subtype: subtype }),
  });
}

/** `invalid_grant` in the words Google uses for this cause. */
export function deadGrant(cause: DeathCause): Answer {
  if (cause === "invalid-rapt") {
    return oauthError(400, "invalid_grant", "reauth related error (invalid_rapt)", "invalid_rapt");
  }
  if (cause === "account-deleted") return oauthError(400, "invalid_grant", "Account has been deleted");
  return oauthError(400, "invalid_grant", "Token has been expired or revoked.");
}

/**
 * `POST /token`: code exchange and refresh (docs/google.md §2).
 * @see https://developers.google.com/identity/protocols/oauth2/web-server#exchange-authorization-code
 */
export async function token(google: Google, call: Call): Promise<Answer> {
  if (call.method !== "POST") return oauthError(405, "invalid_request", "Use POST.");
  const form = formOf(call);
  const client = clientOf(google, call, form);
  if ("status" in client) return client;
  const grantType = form.get("grant_type");
  if (grantType === null)
    return oauthError(400, "invalid_request", "Required parameter is missing: grant_type");
  if (grantType === "authorization_code") return exchange(google, client, form);
  if (grantType === "refresh_token") return refresh(google, client, form);
  return oauthError(400, "unsupported_grant_type", `Invalid grant_type: ${grantType}`);
}

async function exchange(google: Google, client: Client, form: URLSearchParams): Promise<Answer> {
  const code = form.get("code");
  if (code === null) return oauthError(400, "invalid_request", "Missing required parameter: code");
  const now = google.clock.now();
  const authorization = google.codes.redeem(code, now);
  if (!authorization || authorization.clientId !== client.id) {
    return oauthError(400, "invalid_grant", code.startsWith("4/") ? "Bad Request" : "Malformed auth code.");
  }
  if (authorization.redirectUri !== form.get("redirect_uri"))
    return oauthError(400, "invalid_grant", "Bad Request");
  const verifier = form.get("code_verifier");
  if (!isVerified(authorization, verifier)) {
    return oauthError(
      400,
      "invalid_grant",
      verifier === null ? "Missing code verifier." : "Invalid code verifier.",
    );
  }
  const person = google.people.bySub(authorization.sub);
  if (!person || person.deleted) return deadGrant("account-deleted");
  const limitSeconds = authorization.timeLimitSeconds ?? (google.settings.testing ? sevenDaysS : null);
  const refreshToken = authorization.withRefreshToken
    ? google.grants.issueRefreshToken(
        {
          sub: person.sub,
          clientId: client.id,
          scopes: authorization.scopes,
          expiresAtMs: limitSeconds === null ? null : now + limitSeconds * 1000,
          expiresBecause: authorization.timeLimitSeconds === null ? "testing" : "time-limited",
        },
        now,
      )
    : null;
  return success(google, person, client, authorization.scopes, refreshToken, {
    nonce: authorization.nonce,
    withRefreshToken: true,
  });
}

async function refresh(google: Google, client: Client, form: URLSearchParams): Promise<Answer> {
  const value = form.get("refresh_token");
  if (value === null) return oauthError(400, "invalid_request", "Missing required parameter: refresh_token");
  const now = google.clock.now();
  const refreshToken = google.grants.refreshToken(value);
  if (!refreshToken) return oauthError(400, "invalid_grant", "Bad Request");
  if (refreshToken.clientId !== client.id) return oauthError(401, "unauthorized_client", "Unauthorized");
  const person = google.people.bySub(refreshToken.sub);
  if (!person || person.deleted) return deadGrant("account-deleted");
  const cause = google.grants.causeOfDeath(refreshToken, now);
  if (cause !== null) return deadGrant(cause);
  refreshToken.lastUsedAtMs = now;
  const narrowed = form
    .get("scope")
    ?.split(/\s+/)
    .filter((scope) => refreshToken.scopes.includes(scope));
  const scopes = narrowed && narrowed.length > 0 ? narrowed : refreshToken.scopes;
  return success(google, person, client, scopes, refreshToken, { nonce: null, withRefreshToken: false });
}

/** `refresh_token` only after consent; `refresh_token_expires_in` whenever access is limited in time. */
async function success(
  google: Google,
  person: Person,
  client: Client,
  scopes: string[],
  refreshToken: RefreshToken | null,
  { nonce, withRefreshToken }: { nonce: string | null; withRefreshToken: boolean },
): Promise<Answer> {
  const now = google.clock.now();
  const access = google.grants.issueAccessToken({ sub: person.sub, clientId: client.id, scopes }, now);
  const idToken = scopes.includes("openid")
    ? await idTokenFor(google, person, client.id, { scopes, nonce, accessToken: access.token })
    : null;
  google.changed();
  const expiresAtMs = refreshToken?.expiresAtMs ?? null;
  return json(200, {
    access_token: access.token,
    expires_in: accessTokenSeconds,
    ...(withRefreshToken && refreshToken ? { refresh_token: refreshToken.token } : {}),
    ...(expiresAtMs === null ? {} : { refresh_token_expires_in: Math.ceil((expiresAtMs - now) / 1000) }),
    scope: scopes.join(" "),
    token_type: "Bearer",
    ...(idToken === null ? {} : { id_token: idToken }),
  });
}

/** PKCE. @see RFC 7636 section 4.6 */
function isVerified({ challenge }: Authorization, verifier: string | null): boolean {
  if (challenge === null) return true;
  if (verifier === null) return false;
  if (challenge.method === "plain") return challenge.value === verifier;
  return createHash("sha256").update(verifier).digest("base64url") === challenge.value;
}
