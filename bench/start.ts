/** From starting `npm start`'s program to the first page somebody could see. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "#dev/database.ts";
import type { Finding } from "./measure.ts";
import { median, spread } from "./median.ts";
import { directory, type Stage } from "./stage.ts";

const starts = 7;
const limitMs = 3_000;

export async function measureStart(stage: Stage): Promise<Finding> {
  const timesMs: number[] = [];
  for (let done = 0; done < starts; done += 1) timesMs.push(await startOnceMs(stage));
  return {
    measures: [
      {
        name: "start",
        what: `lib/server/start.ts to the first 200 of "/", ${starts} starts`,
        against: "–",
        wanted: `under ${limitMs} ms`,
        measured: spread(timesMs, " ms"),
        met: median(timesMs) < limitMs,
      },
    ],
    notes: [],
  };
}

async function startOnceMs(stage: Stage): Promise<number> {
  const port = await freePort();
  const log = openSync(join(directory, "start.log"), "a");
  const startedMs = performance.now();
  const server = spawn(process.execPath, ["--conditions=react-server", "lib/server/start.ts"], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    env: { ...process.env, ...stage.environmentFor(port) },
    stdio: ["ignore", log, log],
  });
  const exited = once(server, "exit");
  try {
    while (!(await answers(`http://127.0.0.1:${port}/`))) {
      if (server.exitCode !== null) throw new Error(`The server ended with ${server.exitCode}.`);
      await sleep(10);
    }
    return performance.now() - startedMs;
  } finally {
    server.kill("SIGTERM");
    await exited;
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { redirect: "error" });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false; // Nobody listens yet.
  }
}
