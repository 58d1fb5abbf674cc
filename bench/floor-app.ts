/**
 * The floor: Latchkey's own pages, components and layouts, built by the same Next, with the use cases that ask the
 * database replaced by ones that give the very same answers from memory. What is left is what a page costs anyway.
 */
import { cp, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "#dev/database.ts";
import { type RunningLatchkey, startLatchkey } from "#dev/latchkey.ts";
import { remembered, writeMemory } from "./floor-memory.ts";
import { buildApp } from "./next-app.ts";
import type { ConnectedPerson } from "./person.ts";
import { directory, type Stage } from "./stage.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const home = join(directory, "floor");
const memoryFile = join(directory, "floor-memory");

const copied = [
  ...["app", "components", "lib", "public", "proxy.ts", "instrumentation.ts"],
  ...["next.config.js", "postcss.config.mjs", "tsconfig.json", "package.json"],
];

const built: { once?: Promise<void> } = {};

/** Starts it with the inboxes of these people in its memory. */
export async function startFloorApp(
  stage: Stage,
  persons: readonly ConnectedPerson[],
): Promise<RunningLatchkey> {
  built.once ??= build();
  await built.once;
  await writeMemory(memoryFile, persons);
  const env = {
    ...stage.environmentFor(await freePort()),
    WORKER_CONCURRENCY: "0",
    FLOOR_MEMORY: memoryFile,
  };
  return startLatchkey({ env, logFile: `${home}.log`, home });
}

async function build(): Promise<void> {
  await mkdir(home, { recursive: true });
  for (const path of copied) await cp(join(root, path), join(home, path), { recursive: true });
  await cp(fileURLToPath(new URL("from-memory.ts", import.meta.url)), placeOf("from-memory"));
  for (const [name, functions] of Object.entries(remembered))
    await replace(name, functions, recalling(functions));
  // What the others have looked at is looked at by nobody here.
  await replace("copy/open-copy", ["openCopyToRead"], "export const openCopyToRead = async () => null;\n");
  // Work that a page leaves for later; the floor does none.
  await replace("sync/sync-if-stale", ["syncIfStale"], "export async function syncIfStale() {}\n");
  await buildApp(home);
}

const placeOf = (name: string): string => join(home, "lib/use-cases", `${name}.ts`);

/** What a module exports beside these stays as it is. @throws Error when it does not export them any more */
async function replace(name: string, functions: readonly string[], text: string): Promise<void> {
  const original = await readFile(placeOf(name), "utf8");
  for (const exported of functions) {
    if (!new RegExp(`^export (?:async function|const) ${exported}\\b`, "m").test(original))
      throw new Error(`${name} does not export ${exported} any more.`);
  }
  await rename(placeOf(name), placeOf(`${name}-of-database`));
  await writeFile(placeOf(name), `export * from "./${basename(name)}-of-database.ts";\n${text}`);
}

const recalling = (functions: readonly string[]): string =>
  [
    'import { recall } from "../from-memory.ts";',
    ...functions.map((name) => `export const ${name} = (...asked) => recall("${name}", asked);`),
    "",
  ].join("\n");
