/** `npm test`: checks, then unit and integration tests, then the whole in a browser; one sum for everything. */
import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const results = join(root, ".data", "test");
const long = process.argv.includes("--long");

interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Runs a program of node_modules/.bin with its output on the terminal. */
async function run(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<boolean> {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      ...env,
      PATH: [join(root, "node_modules", ".bin"), process.env.PATH].filter(Boolean).join(delimiter),
      NEXT_TELEMETRY_DISABLED: "1",
      ...(long ? { LATCHKEY_LONG: "1" } : {}),
    },
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code === 0));
  });
}

async function check(): Promise<Tally> {
  let failed = 0;
  const checks = ["types", "lint", "imports", "unused", "lock"];
  for (const name of checks) {
    const ok = await run("npm", ["run", "--silent", `check:${name}`]);
    console.log(`check:${name} ${ok ? "is clean" : "found something"}`);
    if (!ok) failed += 1;
  }
  return { passed: checks.length - failed, failed, skipped: 0 };
}

/** A runner that failed before it could report has failed as a whole. */
async function tally(file: string, ok: boolean, count: (report: never) => Tally): Promise<Tally> {
  try {
    const counted = count(JSON.parse(await readFile(file, "utf8")) as never);
    return ok || counted.failed > 0 ? counted : { ...counted, failed: 1 };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

async function vitest(): Promise<Tally> {
  const file = join(results, "vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const ok = await run("vitest", ["run", ...reporters]);
  return tally(file, ok, (report: VitestReport) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }));
}

interface PlaywrightReport {
  readonly stats: Readonly<Record<"expected" | "unexpected" | "flaky" | "skipped", number>>;
}

async function playwright(): Promise<Tally> {
  const file = join(results, "playwright.json");
  const ok = await run("playwright", ["test", "--reporter=list,json"], { PLAYWRIGHT_JSON_OUTPUT_FILE: file });
  return tally(file, ok, ({ stats }: PlaywrightReport) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }));
}

await rm(results, { recursive: true, force: true });
await mkdir(results, { recursive: true });
const tallies = [await check(), await vitest(), await playwright()];
const total = (kind: keyof Tally) => tallies.reduce((sum, one) => sum + one[kind], 0);
console.log(`\n${total("passed")} passed, ${total("failed")} failed, ${total("skipped")} skipped`);
process.exit(total("failed") === 0 ? 0 : 1);
