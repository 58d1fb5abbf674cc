import { z } from "zod";
import { isPrivateOnTheWay } from "../environment/addresses.ts";
import { readJson } from "./judge-failure.ts";
import { fetchFailure, OAuthError } from "./oauth-error.ts";

// Tokens are sent there, and keys come from there: never in clear, whatever the document says.
const endpoint = z.url().refine((url) => URL.canParse(url) && isPrivateOnTheWay(url));

const endpointsSchema = z.object({
  token_endpoint: endpoint,
  revocation_endpoint: endpoint,
  jwks_uri: endpoint,
});

export interface Endpoints {
  readonly token: string;
  readonly revocation: string;
  /** Where Google's signing keys are. */
  readonly keys: string;
}

const keptForMs = 60 * 60 * 1000;
const kept = new Map<string, { endpoints: Endpoints; untilMs: number }>();

export const discoveryUrl = (issuer: string): string => `${issuer}/.well-known/openid-configuration`;

/**
 * Where an issuer's endpoints are. The answer is kept for an hour.
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html
 * @throws OAuthError unavailable, timeout, malformed-answer
 */
export async function discoverEndpoints(issuer: string, deadlineMs: number): Promise<Endpoints> {
  const known = kept.get(issuer);
  if (known && known.untilMs > Date.now()) return known.endpoints;
  const endpoints = await fetchEndpoints(issuer, deadlineMs);
  kept.set(issuer, { endpoints, untilMs: Date.now() + keptForMs });
  return endpoints;
}

async function fetchEndpoints(issuer: string, deadlineMs: number): Promise<Endpoints> {
  let status: number;
  let text: string;
  try {
    const response = await fetch(discoveryUrl(issuer), {
      // Refresh tokens are sent to where this document says: it comes from the issuer or not at all.
      redirect: "error",
      signal: AbortSignal.timeout(deadlineMs),
      cache: "no-store",
    });
    status = response.status;
    text = await response.text();
  } catch (error) {
    throw fetchFailure(error, "discovery");
  }
  if (status !== 200)
    throw new OAuthError("unavailable", `Google answered discovery with ${status}.`, { status });
  const parsed = endpointsSchema.safeParse(readJson(text));
  if (!parsed.success) throw new OAuthError("malformed-answer", "Google's discovery document is not usable.");
  const { token_endpoint: token, revocation_endpoint: revocation, jwks_uri: keys } = parsed.data;
  return { token, revocation, keys };
}
