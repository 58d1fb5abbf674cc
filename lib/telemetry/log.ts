import "server-only";
import { inspect } from "node:util";
import pino from "pino";
import { logLevel } from "../env.ts";
import type { EventAt, Level } from "./events.ts";
import { plainFacts, plainWords } from "./plain-words.ts";
import { sayOnce } from "./repeated.ts";

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

/** Lines from this level on are counted when they come again and again. */
const warning = 40;

/** A line is an event of the catalogue, what is known of it, and a sentence for people. */
type Write<L extends Level> = (
  facts: { readonly event: EventAt<L>; readonly [fact: string]: unknown },
  sentence: string,
) => void;

type Log = { readonly [L in Level]: Write<L> };

/** Every text goes through {@link plainWords}: much of it was chosen by whoever sent a request, or by Google. */
export const openLog = (
  destination?: pino.DestinationStream,
  level: pino.Level | "silent" = logLevel(),
): Log =>
  pino(
    {
      level,
      base: null,
      redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[sealed]" },
      formatters: { log: (facts) => plainFacts(facts) as Record<string, unknown> },
      serializers: { err: plainFacts },
      hooks: {
        logMethod([first, ...others], method, level) {
          const plain = others.map((other) =>
            typeof other === "string" ? plainWords(other) : plainFacts(other),
          );
          const facts = first instanceof Error ? { error: first } : first;
          const words = [typeof facts === "string" ? plainWords(facts) : facts, ...plain];
          const write = (line: unknown[]) => method.apply(this, line as Parameters<typeof method>);
          if (level < warning) return write(words);
          const [what, ...rest] =
            typeof words[0] === "string" ? [{}, ...words] : [Object(words[0]), ...words.slice(1)];
          sayOnce(
            inspect([level, plainFacts(what), ...rest], { depth: 5 }),
            () => write(words),
            (times) => write([{ ...what, repeated: times }, ...rest]),
          );
        },
      },
    },
    destination ?? pino.destination(1),
  );

export const log = openLog();

/** What was caught, as words for a line of the log: no stack, and nothing that an error carries beside its message. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
