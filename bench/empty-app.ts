/** The least that Next makes a page of, built and served by the same Next: what every page of an App Router app sends. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "#dev/database.ts";
import { directory } from "./stage.ts";

const home = join(directory, "empty");
const next = fileURLToPath(import.meta.resolve("next/dist/bin/next"));

/** A configuration of its own, or Next would take Latchkey's from the folder above. */
const files: Readonly<Record<string, string>> = {
  "next.config.js": "export default {};\n",
  "app/layout.jsx":
    'export default function Layout({ children }) {\n  return <html lang="en"><body>{children}</body></html>;\n}\n',
  "app/page.jsx": "export default function Page() {\n  return <p />;\n}\n",
};

export interface EmptyApp {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startEmptyApp(): Promise<EmptyApp> {
  await mkdir(join(home, "app"), { recursive: true });
  for (const [path, text] of Object.entries(files)) await writeFile(join(home, path), text);
  const build = run("build");
  const [code] = await once(build, "exit");
  if (code !== 0) throw new Error(`Next did not build the empty app: see ${home}.log.`);
  const port = await freePort();
  const server = run("start", "-p", String(port), "-H", "127.0.0.1");
  const ended = once(server, "exit");
  const url = `http://127.0.0.1:${port}/`;
  while (!(await answers(url))) {
    if (server.exitCode !== null) throw new Error(`The empty app ended with ${server.exitCode}.`);
    await sleep(50);
  }
  return {
    url,
    stop: async () => {
      server.kill("SIGTERM");
      await ended;
    },
  };
}

function run(command: "build" | "start", ...args: readonly string[]): ChildProcess {
  const log = openSync(`${home}.log`, "a");
  return spawn(process.execPath, [next, command, home, ...args], {
    cwd: home,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", log, log],
  });
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false, // Nobody listens yet.
  );
