/** Latchkey as its own process, as `npm start` runs it. */
import { type ChildProcess, spawn } from "node:child_process";
import { openSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

export interface RunningLatchkey {
  readonly url: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

export interface LatchkeyOptions {
  readonly env: Record<string, string>;
  /** Where its log goes. */
  readonly logFile: string;
  /** Where it is built; this repository unless told otherwise. */
  readonly home?: string;
  /** What starts it there; this process's own Node unless told otherwise. */
  readonly command?: readonly [string, ...string[]];
}

/** As `npm start` has it. */
export const startCommand = ["--conditions=react-server", "lib/server/start.ts"] as const;

/** Starts the server and waits until it is ready to serve people. @throws Error when it ends before that */
export async function startLatchkey({
  env,
  logFile,
  home = root,
  command: [program, ...args] = [process.execPath, ...startCommand],
}: LatchkeyOptions): Promise<RunningLatchkey> {
  const log = openSync(logFile, "a");
  const child = spawn(program, args, {
    cwd: home,
    env: { NODE_ENV: "production", ...inherited(), ...env },
    stdio: ["ignore", log, log],
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const url = `http://127.0.0.1:${env.PORT}`;
  await Promise.race([
    answering(`${url}/api/health/ready`),
    ended.then((code) => {
      throw new Error(`Latchkey ended with ${code} before it was ready. Its log: ${logFile}`);
    }),
  ]).catch((error) => {
    child.kill("SIGKILL"); // It must not keep the port.
    throw error;
  });
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  return { url, process: child, stop };
}

/** What a process needs of this one's environment, and none of this one's settings. */
function inherited(): Record<string, string> {
  const names = ["PATH", "HOME", "TMPDIR", "TZ", "LANG", "NODE_OPTIONS", "SystemRoot"];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

async function answering(url: string): Promise<void> {
  const giveUpAt = Date.now() + 60_000;
  for (;;) {
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Nobody listens yet.
    }
    if (Date.now() > giveUpAt) throw new Error(`${url} did not answer within a minute.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
