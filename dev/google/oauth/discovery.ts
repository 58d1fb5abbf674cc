import type { Google } from "../google.ts";
import { type Answer, json } from "../http/answer.ts";

/** The discovery document; every endpoint is on this one origin. @see OpenID Connect Discovery 1.0 section 3 */
export function discovery({ origin }: Google): Answer {
  return json(200, {
    issuer: origin,
    authorization_endpoint: `${origin}/o/oauth2/v2/auth`,
    token_endpoint: `${origin}/token`,
    userinfo_endpoint: `${origin}/v1/userinfo`,
    revocation_endpoint: `${origin}/revoke`,
    jwks_uri: `${origin}/oauth2/v3/certs`,
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    scopes_supported: ["openid", "email", "profile"],
    token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
    claims_supported: [
      "aud",
      "email",
      "email_verified",
      "exp",
      "family_name",
      "given_name",
      "hd",
      "iat",
      "iss",
      "name",
      "picture",
      "sub",
    ],
    code_challenge_methods_supported: ["plain", "S256"],
    grant_types_supported: ["authorization_code", "refresh_token"],
  });
}

export function certificates({ keys }: Google): Answer {
  return json(200, keys.published(), { "Cache-Control": "public, max-age=300, must-revalidate" });
}

/** Where Cross-Account Protection's issuer and keys are found. @see https://developers.google.com/identity/protocols/risc */
export function riscConfiguration({ origin }: Google): Answer {
  return json(200, {
    issuer: origin,
    jwks_uri: `${origin}/oauth2/v3/certs`,
    delivery_methods_supported: ["https://schemas.openid.net/secevent/risc/delivery-method/push"],
  });
}
