import { createRemoteJWKSet, errors, jwtVerify } from "jose";
import { z } from "zod";
import { discoverEndpoints } from "./discovery.ts";
import { OAuthError } from "./oauth-error.ts";

/** Whose calls are taken. */
export interface PushSender {
  /** Who signs: `https://accounts.google.com`. */
  readonly issuer: string;
  /** What the subscription names as audience. */
  readonly audience: string;
  /** The e-mail address of the subscription's service account. */
  readonly serviceAccount: string;
}

const claims = z.object({ email: z.string(), email_verified: z.literal(true) });

const discoveryDeadlineMs = 5_000;
const clockToleranceSeconds = 30;

/**
 * How soon Google's keys are asked for again when a token names one that is not among them, in ms. Pub/Sub repeats a
 * push that was refused.
 */
const keysAgainAfterMs = 2_000;

/** The oldest token that is taken: Pub/Sub's are good for an hour. */
const oldest = "2h";

type KeySet = ReturnType<typeof createRemoteJWKSet>;
const keySets = new Map<string, KeySet>();

async function keysOf(issuer: string): Promise<KeySet> {
  const { keys } = await discoverEndpoints(issuer, discoveryDeadlineMs);
  const known =
    keySets.get(keys) ??
    createRemoteJWKSet(new URL(keys), {
      timeoutDuration: discoveryDeadlineMs,
      cooldownDuration: keysAgainAfterMs,
    });
  keySets.set(keys, known);
  return known;
}

/**
 * Whether a push came from the Pub/Sub subscription that we were told of.
 * @param authorization the request's header
 * @see https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions#validate_tokens
 * @throws OAuthError when Google's keys cannot be had now
 */
export async function isFromPubSub(authorization: string | null, sender: PushSender): Promise<boolean> {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? "")?.[1];
  if (!token) return false;
  const { issuer, audience, serviceAccount } = sender;
  const keys = await keysOf(issuer);
  try {
    const { payload } = await jwtVerify(token, keys, {
      // Google has signed without the scheme, too.
      issuer: [issuer, issuer.replace(/^https:\/\//, "")],
      audience,
      algorithms: ["RS256"],
      requiredClaims: ["exp", "iat"],
      maxTokenAge: oldest,
      clockTolerance: clockToleranceSeconds,
    });
    const parsed = claims.safeParse(payload);
    return parsed.success && parsed.data.email === serviceAccount;
  } catch (error) {
    if (isOurTrouble(error))
      throw new OAuthError("unavailable", "Google's signing keys cannot be had.", { cause: error });
    return false;
  }
}

/** Whether an error says that the keys to judge a token by did not come: then nothing is known of the token. */
const isOurTrouble = (error: unknown): boolean =>
  !(error instanceof errors.JOSEError) ||
  error instanceof errors.JWKSTimeout ||
  (error.code === "ERR_JOSE_GENERIC" && /JSON Web Key Set|HTTP/i.test(error.message));
