import { decodeJwt } from "jose";
import { z } from "zod";
import { OAuthError } from "./oauth-error.ts";

/** What the ID token of a refresh says of the account. */
export interface RefreshedIdentity {
  readonly sub: string;
  readonly email: string;
  readonly emailVerified: boolean;
  /** Null when it does not say. */
  readonly name: string | null;
  readonly hd: string | null;
}

const addressed = z.object({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  sub: z.string().min(1),
  email: z.string().min(3).max(320).optional().catch(undefined),
  // Google has sent the word, too.
  email_verified: z.union([z.boolean(), z.literal("true").transform(() => true)]).catch(false),
  name: z.string().min(1).optional().catch(undefined),
  hd: z.string().min(1).optional().catch(undefined),
});

/**
 * The identity in a refresh's ID token; null where there is none that can be read, or it names no address. Its signature is not
 * looked at: it came from the token endpoint itself, over TLS.
 * @throws OAuthError `malformed-answer` when it is for another client, or from another issuer
 * @see https://openid.net/specs/openid-connect-core-1_0.html#RefreshTokenResponse
 */
export function refreshedIdentity(
  { issuer, clientId }: { readonly issuer: string; readonly clientId: string },
  idToken: string | undefined,
): RefreshedIdentity | null {
  const claims = addressed.safeParse(read(idToken)).data;
  if (!claims) return null;
  const isOurs = [claims.aud].flat().includes(clientId);
  const isTheirs = [issuer, issuer.replace(/^https:\/\//, "")].includes(claims.iss);
  if (!isOurs || !isTheirs)
    throw new OAuthError("malformed-answer", "Google's answer to the refresh is for somebody else.");
  const { sub, email, email_verified: emailVerified, name = null, hd = null } = claims;
  return email === undefined ? null : { sub, email, emailVerified, name, hd };
}

function read(idToken: string | undefined): unknown {
  if (idToken === undefined) return undefined;
  try {
    return decodeJwt(idToken);
  } catch {
    return undefined; // A good access token is not thrown away for an odd field beside it.
  }
}
