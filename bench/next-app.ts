/** Apps that the bench builds on the spot, with the same Next and beside nothing of ours. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { fileURLToPath } from "node:url";

const next = fileURLToPath(import.meta.resolve("next/dist/bin/next"));

/** What it says goes into a file named after its folder. */
export function runNext(home: string, command: "build" | "start", ...args: readonly string[]): ChildProcess {
  const log = openSync(`${home}.log`, "a");
  return spawn(process.execPath, [next, command, home, ...args], {
    cwd: home,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", log, log],
  });
}

/** @throws Error when Next does not build what is in this folder */
export async function buildApp(home: string): Promise<void> {
  const [code] = await once(runNext(home, "build"), "exit");
  if (code !== 0) throw new Error(`Next did not build ${home}: see ${home}.log.`);
}
