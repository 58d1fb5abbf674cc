/**
 * `npm run pack [-- <directory>]`: what a server needs of all this, and nothing else, in `dist/`: the build, the sources of what
 * runs beside it, and the files of packages that either of them reaches.
 */
import { existsSync } from "node:fs";
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join, normalize, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeFileTrace } from "@vercel/nft";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = resolve(process.argv[2] ?? join(root, "dist"));

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** Started by their places, not imported. */
const startedByPlace = [
  "lib/server/serve.ts",
  "lib/message/worker/reading.worker.ts",
  "lib/message/worker/drawing.worker.ts",
];

/** Whole folders and files that are read, not imported. */
const readWhole = [
  ...[".env.example", "README.md", "docs"],
  // One by one: an operator's own secrets stand beside them.
  ...["deploy/Caddyfile", "deploy/compose.yaml", "deploy/latchkey.service", "deploy/nginx.conf"],
  "next.config.js",
  "public",
  "prisma/schema.prisma",
  "prisma/migrations",
  ".next/static",
  ".next/node_modules",
  "node_modules/@prisma/schema-engine-wasm",
  "node_modules/@hyzyla/pdfium/dist/pdfium.wasm",
  // Next looks for these at every start, and has no use for them.
  "node_modules/next/dist/compiled/webpack",
  "node_modules/next/dist/compiled/@babel/runtime/package.json",
];

/** Reached by Next's imports, never by a server: what builds, what watches, and what makes images smaller (`images`, next.config.js). */
const neverServes = [
  /\.(map|d\.ts|nft\.json)$|\.dev\.js$/,
  /^node_modules\/(typescript|sharp|@img)\//,
  /^node_modules\/@next\/swc-/,
  /^node_modules\/next\/dist\/compiled\/(babel|terser|browserslist|postcss|cssnano|sass|next-devtools|@vercel\/nft)/,
];

const read = (path: string) => readFile(join(root, path), "utf8");
const isServed = (path: string) => !neverServes.some((pattern) => pattern.test(path));

async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(relative(root, entry.parentPath), entry.name));
}

/** Commands that run what is served: `node --conditions=react-server lib/…` */
const entryOf = (script: string) =>
  /^node --conditions=react-server ((?:lib|prisma)\/\S+\.ts)$/.exec(script)?.[1];

/** @see https://github.com/vercel/nft */
async function reachedFrom(entries: readonly string[]): Promise<Iterable<string>> {
  const { fileList } = await nodeFileTrace([...entries], {
    base: root,
    conditions: ["node", "react-server", "import"],
    ignore: (path) => !isServed(path),
    readFile: async (path) => {
      const source = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT" || error.code === "EISDIR") return null;
        throw error;
      });
      return source !== null && path.endsWith(".ts")
        ? stripTypeScriptTypes(source, { mode: "transform" })
        : source;
    },
  });
  return fileList;
}

/** What Next itself found that its server and each page reach. @see https://nextjs.org/docs/app/api-reference/config/next-config-js/output */
async function reachedByPages(built: readonly string[]): Promise<string[]> {
  const lists = [".next/next-server.js.nft.json", ...built.filter((path) => path.endsWith(".nft.json"))];
  const found = await Promise.all(
    lists.map(async (list) => {
      const { files } = JSON.parse(await read(list)) as { files: string[] };
      return files.map((file) => normalize(join(dirname(list), file)));
    }),
  );
  return found.flat();
}

/** Node, as npm has brought it; nothing where npm has none for this platform. */
async function runtime(): Promise<string[]> {
  const packages = await readdir(join(root, "node_modules"));
  const commands = await readdir(join(root, "node_modules/.bin"));
  return [
    ...packages
      .filter((name) => /^node-(linux|win|darwin)-/.test(name))
      .flatMap((name) => [`node_modules/${name}/bin`, `node_modules/${name}/package.json`]),
    ...commands
      .filter((name) => /^node(\.cmd|\.ps1)?$/.test(name))
      .map((name) => `node_modules/.bin/${name}`),
  ];
}

/** The whole directory is removed: only one that this has made, and that nothing was put into. @throws Error */
async function requireReplaceable(directory: string): Promise<void> {
  if (!existsSync(directory) || (await readdir(directory)).length === 0) return;
  if (existsSync(join(directory, ".env")))
    throw new Error(
      `${directory} holds settings (.env), and is replaced as a whole: what serves lives elsewhere.`,
    );
  const manifest = join(directory, "package.json");
  const found: Record<string, unknown> = existsSync(manifest)
    ? JSON.parse(await readFile(manifest, "utf8"))
    : {};
  if (found.name !== "latchkey" || "devDependencies" in found)
    throw new Error(`${directory} holds something else: name an empty directory, or a new one.`);
}

async function pack(): Promise<void> {
  await requireReplaceable(target);
  const manifest = JSON.parse(await read("package.json")) as Manifest;
  const scripts = Object.fromEntries(
    Object.entries(manifest.scripts).filter(([, script]) => entryOf(script)),
  );
  const entries = Object.values(scripts).flatMap((script) => entryOf(script) ?? []);
  const built = await filesBelow(".next/server");
  const { files: required } = JSON.parse(await read(".next/required-server-files.json")) as {
    files: string[];
  };
  const reached = await reachedFrom([...entries, ...startedByPlace]);
  const files = new Set([...built, ...required, ...reached, ...(await reachedByPages(built))]);

  await rm(target, { recursive: true, force: true });
  const copy = (path: string) =>
    cp(join(root, path), join(target, path), { recursive: true, verbatimSymlinks: true });
  for (const path of files) if (isServed(path)) await copy(path);
  for (const path of [...readWhole, ...(await runtime())]) await copy(path);
  const { name, version, type, engines, imports } = manifest;
  const packed = { name, version, private: true, type, engines, imports, scripts };
  await writeFile(join(target, "package.json"), `${JSON.stringify(packed, null, 2)}\n`);
}

await pack();
