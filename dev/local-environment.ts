/** The environment of a Latchkey that runs beside the local Google, on this machine alone. */
import { randomBytes } from "node:crypto";
import { DEFAULT_CLIENT } from "./google/options.ts";

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
    GOOGLE_CLIENT_ID: DEFAULT_CLIENT.id,
    GOOGLE_CLIENT_SECRET: DEFAULT_CLIENT.secret,
    GOOGLE_ISSUER: places.googleUrl,
    GMAIL_ROOT_URL: `${places.googleUrl}/`,
    ADMIN_EMAILS: "admin@example.org",
    ALLOWED_DOMAINS: "",
    ALLOWED_EMAILS: "",
    PORT: String(places.port),
    HOST: "127.0.0.1",
  };
}
