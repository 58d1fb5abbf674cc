import { LRUCache } from "lru-cache";
import { z } from "zod";
import { abortable } from "../domain/abortable.ts";
import { perProcess } from "../domain/per-process.ts";
import { isPrivateOnTheWay } from "../environment/addresses.ts";
import { fetchFailure, OAuthError } from "./oauth-error.ts";
import { readJson } from "./oauth-error-of.ts";

// Tokens are sent there, and keys come from there: never in clear, whatever the document says.
const endpoint = z.url().refine((url) => URL.canParse(url) && isPrivateOnTheWay(url));

const endpointsSchema = z.object({
  authorization_endpoint: z.url(),
  token_endpoint: endpoint,
  revocation_endpoint: endpoint,
  jwks_uri: endpoint,
});

export interface Endpoints {
  /** Where people are sent to consent. */
  readonly authorization: string;
  readonly token: string;
  readonly revocation: string;
  /** Where Google's signing keys are. */
  readonly keys: string;
}

const keptForMs = 60 * 60 * 1000;

const discovered = perProcess(
  "discovery",
  () =>
    new LRUCache<string, Endpoints, number>({
      max: 10,
      ttl: keptForMs,
      ttlResolution: 0,
      perf: Date,
      fetchMethod: (issuer, _kept, { context: deadlineMs }) => fetchEndpoints(issuer, deadlineMs),
    }),
);

export const discoveryUrl = (issuer: string): string => `${issuer}/.well-known/openid-configuration`;

/**
 * Where an issuer's endpoints are. The answer is kept for an hour, and whoever asks while it is on its way waits for the
 * same one. A failure is told to those who waited, and not kept.
 * @param deadlineMs how long this caller waits, whoever asked first; the question itself ends with the first caller's
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html
 * @throws OAuthError unavailable, timeout, malformed-answer
 */
export async function discoverEndpoints(issuer: string, deadlineMs: number): Promise<Endpoints> {
  const asked = discovered().forceFetch(issuer, { context: deadlineMs });
  try {
    return await abortable(asked, AbortSignal.timeout(deadlineMs));
  } catch (error) {
    throw fetchFailure(error, "discovery");
  }
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
  const { authorization_endpoint, token_endpoint, revocation_endpoint, jwks_uri } = parsed.data;
  return {
    authorization: authorization_endpoint,
    token: token_endpoint,
    revocation: revocation_endpoint,
    keys: jwks_uri,
  };
}
