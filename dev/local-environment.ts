/** The environment of a Latchkey that runs beside the local Google, on this machine alone. */
import { randomBytes } from "node:crypto";
import { controlOf } from "./google/control-client.ts";
import { defaultClient } from "./google/options.ts";

export interface LocalSecrets {
  readonly NEXTAUTH_SECRET: string;
  readonly TOKEN_KEYS: string;
}

export const makeLocalSecrets = (): LocalSecrets => ({
  NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
  TOKEN_KEYS: `k1:${randomBytes(32).toString("base64")}`,
});

export interface LocalPlaces {
  readonly databaseUrl: string;
  readonly googleUrl: string;
  readonly port: number;
}

/** Complete: nothing of the machine's own settings may leak into a demo or a test. */
export function localEnvironment(places: LocalPlaces, secrets: LocalSecrets): Record<string, string> {
  return {
    ...secrets,
    DATABASE_URL: places.databaseUrl,
    NEXTAUTH_URL: `http://127.0.0.1:${places.port}`,
    GOOGLE_CLIENT_ID: defaultClient.id,
    GOOGLE_CLIENT_SECRET: defaultClient.secret,
    GOOGLE_ISSUER: places.googleUrl,
    GMAIL_ROOT_URL: `${places.googleUrl}/`,
    ADMIN_EMAILS: "admin@example.org",
    ALLOWED_DOMAINS: "",
    ALLOWED_EMAILS: "",
    PORT: String(places.port),
    HOST: "127.0.0.1",
    // Nobody has to be told to send people elsewhere.
    DRAIN_MS: "0",
  };
}

/** The local Google's Pub/Sub, and what Latchkey is to know of it. */
export const localPush = {
  topic: "projects/latchkey-local/topics/gmail",
  audience: "latchkey-push",
  serviceAccount: "push@latchkey-local.example",
} as const;

/** With this a Latchkey takes the local Google's notifications. */
export const pushEnvironment: Readonly<Record<string, string>> = {
  PUBSUB_TOPIC: localPush.topic,
  PUBSUB_AUDIENCE: localPush.audience,
  PUBSUB_SERVICE_ACCOUNT: localPush.serviceAccount,
};

/** Lets the local Google notify the Latchkey at this address. */
export async function pushTo(googleUrl: string, latchkeyUrl: string): Promise<void> {
  const { audience, serviceAccount } = localPush;
  await controlOf(googleUrl).push({ endpoint: `${latchkeyUrl}/api/google/push`, audience, serviceAccount });
}
