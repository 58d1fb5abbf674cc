import "server-only";
import pino from "pino";
import { logLevel } from "../env.ts";
import { plainFacts, plainWords } from "./plain-words.ts";

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

/** Every text goes through {@link plainWords}: much of it was chosen by whoever sent a request, or by Google. */
export const openLog = (destination?: pino.DestinationStream, level: pino.Level | "silent" = logLevel()) =>
  pino(
    {
      level,
      base: null,
      redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[sealed]" },
      formatters: { log: (facts) => plainFacts(facts) as Record<string, unknown> },
      serializers: { err: plainFacts },
      hooks: {
        logMethod([first, ...others], method) {
          const plain = others.map((other) =>
            typeof other === "string" ? plainWords(other) : plainFacts(other),
          );
          const facts = first instanceof Error ? { error: first } : first;
          method.apply(this, [typeof facts === "string" ? plainWords(facts) : facts, ...plain] as Parameters<
            typeof method
          >);
        },
      },
    },
    destination ?? pino.destination(1),
  );

export const log = openLog();

/** What was caught, as words for a line of the log: no stack, and nothing that an error carries beside its message. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
