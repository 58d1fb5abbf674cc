import { z } from "zod";
import { discoverEndpoints } from "./discovery.ts";
import { OAuthError } from "./oauth-error.ts";
import { oauthErrorOf, readJson } from "./oauth-error-of.ts";
import { type FormAnswer, type FormRequest, postForm, type SendOptions, since } from "./post-form.ts";
import { type RefreshedIdentity, refreshedIdentity } from "./refreshed-identity.ts";

/** Who Latchkey is to Google. */
export interface OAuthClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What a refresh brings. Google leaves `refreshToken` out, and may one day send another: then that one counts. */
export interface RefreshedTokens {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly scopes: readonly string[] | undefined;
  readonly refreshToken: string | undefined;
  readonly refreshTokenExpiresInSeconds: number | undefined;
  /** Who the account is now, as far as the answer says. */
  readonly identity: RefreshedIdentity | null;
}

const what = "the refresh";
const usualSeconds = 3599;
const seconds = z.coerce.number().positive().optional().catch(undefined);

const answerSchema = z.object({
  access_token: z.string().min(1),
  // A good access token is not thrown away for an odd field beside it.
  expires_in: seconds,
  scope: z.string().min(1).optional().catch(undefined),
  id_token: z.string().min(1).optional().catch(undefined),
  refresh_token: z.string().min(1).optional().catch(undefined),
  refresh_token_expires_in: seconds,
  authorization_expires_in: seconds,
});

/** @see https://developers.google.com/identity/protocols/oauth2/web-server#offline */
export function refreshRequest(
  client: OAuthClient,
  tokenEndpoint: string,
  refreshToken: string,
): FormRequest {
  return {
    url: tokenEndpoint,
    form: {
      grant_type: "refresh_token",
      client_id: client.clientId,
      client_secret: client.clientSecret,
      refresh_token: refreshToken,
    },
  };
}

/** @throws OAuthError: `invalid-grant` alone means that the grant is dead */
export function processRefreshAnswer(client: OAuthClient, answer: FormAnswer): RefreshedTokens {
  if (answer.status !== 200) throw oauthErrorOf(answer, what);
  const parsed = answerSchema.safeParse(readJson(answer.text));
  if (!parsed.success)
    throw new OAuthError("malformed-answer", "Google's answer to the refresh is not usable.");
  const tokens = parsed.data;
  return {
    accessToken: tokens.access_token,
    expiresInSeconds: tokens.expires_in ?? usualSeconds,
    scopes: tokens.scope?.split(" ").filter(Boolean),
    refreshToken: tokens.refresh_token,
    refreshTokenExpiresInSeconds: tokens.refresh_token_expires_in ?? tokens.authorization_expires_in,
    identity: refreshedIdentity(client, tokens.id_token),
  };
}

/** One request for a new access token. @throws OAuthError */
export async function refreshTokens(
  client: OAuthClient,
  refreshToken: string,
  options: SendOptions,
): Promise<RefreshedTokens> {
  const startedMs = performance.now();
  const { token } = await discoverEndpoints(client.issuer, options.deadlineMs);
  const request = refreshRequest(client, token, refreshToken);
  return processRefreshAnswer(client, await postForm(request, what, since(startedMs, options)));
}
