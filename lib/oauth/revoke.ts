import { discoverEndpoints } from "./discovery.ts";
import { oauthErrorOf } from "./oauth-error-of.ts";
import { type FormAnswer, type FormRequest, postForm, type SendOptions, since } from "./post-form.ts";

const what = "the revocation";

/** @see https://www.rfc-editor.org/rfc/rfc7009#section-2.1 */
export const revokeRequest = (revocationEndpoint: string, token: string): FormRequest => ({
  url: revocationEndpoint,
  form: { token },
});

/**
 * A token that Google no longer knows is as good as revoked.
 * @throws OAuthError when the revocation has to be tried again
 */
export function processRevokeAnswer(answer: FormAnswer): "revoked" | "was-dead-already" {
  if (answer.status === 200) return "revoked";
  const failure = oauthErrorOf(answer, what);
  if (answer.status === 400 && (failure.error === "invalid_token" || failure.error === "invalid_grant")) {
    return "was-dead-already";
  }
  throw failure;
}

/** Ends every token and permission that this user gave this client. @throws OAuthError */
export async function revokeToken(issuer: string, token: string, options: SendOptions) {
  const startedMs = performance.now();
  const { revocation } = await discoverEndpoints(issuer, options.deadlineMs);
  return processRevokeAnswer(
    await postForm(revokeRequest(revocation, token), what, since(startedMs, options)),
  );
}
