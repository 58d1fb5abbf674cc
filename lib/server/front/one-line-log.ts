import { format } from "node:util";
import pino from "pino";
import type { EventAt } from "../../telemetry/events.ts";
import { plainStack, plainWords } from "../../telemetry/plain-words.ts";
import { sayOnce } from "../../telemetry/repeated.ts";

const levels = { log: 30, info: 30, warn: 40, error: 50 } as const;

let least: number = levels.info;

/** The serving process's own lines. lib/telemetry/log.ts is for what Next bundles: `server-only` keeps it out of here. */
export const frontLog = {
  info: (event: EventAt<"info">, sentence: string) => write(levels.info, event, [sentence]),
  error: (event: EventAt<"error">, ...words: readonly unknown[]) => write(levels.error, event, words),
};

/**
 * What Next and others write on the console, as lines of the same kind as ours: nobody fills a log by asking, or steers who
 * reads it.
 * @param from LOG_LEVEL; "silent" is no level of pino's, and lets nothing through
 */
export function writeInOneLine(from: string): void {
  least = pino.levels.values[from] ?? Number.POSITIVE_INFINITY;
  for (const [name, level] of Object.entries(levels) as [keyof typeof levels, number][]) {
    console[name] = (...words: unknown[]) => write(level, "console.written", words);
  }
}

function write(level: number, event: EventAt<"info" | "error">, words: readonly unknown[]): void {
  const error = words.find((word) => word instanceof Error);
  if (level < least || (error && isToldElsewhere(error))) return;
  const msg = plainWords(
    format(...words.map((word) => (word instanceof Error ? word.message : word))).trim(),
  );
  if (msg === "") return;
  const stack = error?.stack ? { stack: plainStack(error) } : {};
  const line = (more: object) =>
    process.stdout.write(`${JSON.stringify({ level, time: Date.now(), event, ...more, msg })}\n`);
  sayOnce(
    `${level} ${event} ${msg}`,
    () => line(stack),
    (times) => line({ repeated: times }),
  );
}

/** Of what fails while a request is answered Next tells `onRequestError`, too, which knows more; it gives it a digest. */
const isToldElsewhere = (error: Error): boolean => "digest" in error && typeof error.digest === "string";
