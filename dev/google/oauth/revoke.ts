import type { Google } from "../google.ts";
import { type Answer, json } from "../http/answer.ts";
import { type Call, formOf } from "../http/call.ts";
import { oauthError } from "./token-endpoint.ts";

/**
 * `POST /revoke` with a refresh or access token: every token and scope of this person for this client goes, and the
 * consent with them. 400 `invalid_token` when it was dead already.
 * @see https://developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke
 */
export function revoke(google: Google, call: Call): Answer {
  const value = formOf(call).get("token") ?? call.query.get("token");
  if (value === null) return oauthError(400, "invalid_request", "Missing required parameter: token");
  const now = google.clock.now();
  const refresh = google.grants.refreshToken(value);
  const access = google.grants.accessToken(value);
  const alive =
    (refresh && google.grants.causeOfDeath(refresh, now) === null) || (access && access.expiresAtMs > now);
  const of = refresh ?? access;
  if (!of || !alive) return oauthError(400, "invalid_token", "Token expired or revoked");
  google.grants.kill(of.sub, of.clientId, "revoked", now, google.settings.revocationGraceSeconds * 1000);
  google.changed();
  return json(200, {});
}
