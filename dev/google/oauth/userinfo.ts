import type { Google } from "../google.ts";
import { type Answer, json } from "../http/answer.ts";
import { bearerOf, type Call } from "../http/call.ts";
import { claimsOf } from "./id-token.ts";

/** `/v1/userinfo`: the ID token's claims for an access token (docs/google.md §3). */
export function userinfo(google: Google, call: Call): Answer {
  const access = google.grants.accessToken(bearerOf(call.headers.authorization) ?? "");
  const person = access ? google.people.bySub(access.sub) : null;
  if (!access || !person || person.deleted || access.expiresAtMs <= google.clock.now()) {
    return json(
      401,
      { error: "invalid_request", error_description: "Invalid Credentials" },
      { "WWW-Authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"' },
    );
  }
  return json(200, claimsOf(google, person, access.scopes));
}
