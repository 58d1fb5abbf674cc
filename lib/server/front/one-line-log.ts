import { format } from "node:util";
import { plainWords } from "../../telemetry/plain-words.ts";
import { sayOnce } from "../../telemetry/repeated.ts";

/** Of LOG_LEVEL. */
const pinoLevels: Readonly<Record<string, number>> = {
  trace: 10,
  debug: 20,
  info: 30,
  warn: 40,
  error: 50,
  fatal: 60,
  silent: 100,
};

const levels = { log: 30, info: 30, warn: 40, error: 50 } as const;

/** Of a stack the beginning says where. */
const longestStack = 2_000;

/** What Next and others write, as lines of the same kind as ours: nobody fills a log by asking, or steers who reads it. */
export function writeInOneLine(from: string): void {
  const least = pinoLevels[from] ?? levels.info;
  for (const [name, level] of Object.entries(levels) as [keyof typeof levels, number][]) {
    console[name] = (...words: unknown[]) => {
      const error = words.find((word) => word instanceof Error);
      if (level < least || (error && isToldElsewhere(error))) return;
      const msg = plainWords(
        format(...words.map((word) => (word instanceof Error ? word.message : word))).trim(),
      );
      if (msg === "") return;
      const stack = error?.stack ? { stack: plainWords(error.stack, longestStack) } : {};
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
