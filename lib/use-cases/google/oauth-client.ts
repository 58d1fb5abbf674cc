import "server-only";
import { env } from "../../env.ts";
import type { OAuthClient } from "../../oauth/refresh.ts";

/** Who this instance is to Google. */
export const oauthClient = (): OAuthClient => ({
  issuer: env().GOOGLE_ISSUER,
  clientId: env().GOOGLE_CLIENT_ID,
  clientSecret: env().GOOGLE_CLIENT_SECRET,
});
