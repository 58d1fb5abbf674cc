import { format } from "node:util";
import pino from "pino";
import { plainStack, plainWords } from "../../telemetry/plain-words.ts";
import { sayOnce } from "../../telemetry/repeated.ts";

const levels = { log: 30, info: 30, warn: 40, error: 50 } as const;

/**
 * What Next and others write, as lines of the same kind as ours: nobody fills a log by asking, or steers who reads it.
 * @param from LOG_LEVEL; "silent" is no level of pino's, and lets nothing through
 */
export function writeInOneLine(from: string): void {
  const least = pino.levels.values[from] ?? Number.POSITIVE_INFINITY;
  for (const [name, level] of Object.entries(levels) as [keyof typeof levels, number][]) {
    console[name] = (...words: unknown[]) => {
      const error = words.find((word) => word instanceof Error);
      if (level < least || (error && isToldElsewhere(error))) return;
      const msg = plainWords(
        format(...words.map((word) => (word instanceof Error ? word.message : word))).trim(),
      );
      if (msg === "") return;
      const stack = error?.stack ? { stack: plainStack(error) } : {};
      const write = (more: object) =>
        process.stdout.write(`${JSON.stringify({ level, time: Date.now(), ...more, msg })}\n`);
      sayOnce(
        `${level} ${msg}`,
        () => write(stack),
        (times) => write({ repeated: times }),
      );
    };
  }
}

/** Of what fails while a request is answered Next tells `onRequestError`, too, which knows more; it gives it a digest. */
const isToldElsewhere = (error: Error): boolean => "digest" in error && typeof error.digest === "string";
