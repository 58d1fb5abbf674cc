import "server-only";
import pino from "pino";
import { logLevel } from "../env.ts";

/**
 * The process's log: JSON lines on standard output. Secrets are never passed to it; the redaction below is the
 * second wall, for what a careless line might pass.
 */
const secrets = [
  "access_token",
  "refresh_token",
  "id_token",
  "client_secret",
  "code",
  "code_verifier",
  "authorization",
  "Authorization",
  "cookie",
  "sessionToken",
];

export const log = pino({
  level: logLevel(),
  base: null,
  redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[sealed]" },
});

/** What was caught, as words for a line of the log: no stack, and nothing that an error carries beside its message. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
