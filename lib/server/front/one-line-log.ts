import { format } from "node:util";

const levels = { warn: 40, error: 50 } as const;

/** What Next writes about a failure, with its stack, as one line of the same kind as ours: nobody fills a log by asking. */
export function writeTroubleInOneLine(): void {
  for (const [name, level] of Object.entries(levels) as [keyof typeof levels, number][]) {
    console[name] = (...words: unknown[]) => {
      const error = words.find((word) => word instanceof Error);
      const msg = format(...words.map((word) => (word instanceof Error ? word.message : word))).trim();
      const line = { level, time: Date.now(), ...(error ? { stack: error.stack } : {}), msg };
      process.stderr.write(`${JSON.stringify(line)}\n`);
    };
  }
}
