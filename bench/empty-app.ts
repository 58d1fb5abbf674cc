/** The least that Next makes a page of, built and served by the same Next: what every page of an App Router app sends. */
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "#dev/database.ts";
import { buildApp, runNext } from "./next-app.ts";
import { directory } from "./stage.ts";

const home = join(directory, "empty");

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
  await buildApp(home);
  const port = await freePort();
  const server = runNext(home, "start", "-p", String(port), "-H", "127.0.0.1");
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

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false, // Nobody listens yet.
  );
