// Makes what is not kept in git: Prisma's client, and the fonts that frames load by address.
//
// Prisma's client: `prisma generate` wants to fetch a schema engine that it then never starts: any
// executable in its place stops that (docs/decisions/0006-prisma-without-a-binary-engine.md).
import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const prisma = fileURLToPath(new URL("../node_modules/prisma-cli/build/index.js", import.meta.url));
const { status, stdout, stderr } = spawnSync(process.execPath, [prisma, "generate", "--no-hints"], {
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" },
  encoding: "utf8",
});
if (status !== 0) {
  process.stderr.write(`${stdout}${stderr}`);
  process.exit(status ?? 1);
}

// What this build is, and what a database has to have for it, so that an instance can say that it does not.
const names = (directory, pick) =>
  readdirSync(fileURLToPath(new URL(directory, import.meta.url)))
    .flatMap(pick)
    .sort();
const migrations = [
  ...names("../prisma/migrations/", (name) => (/^\d/.test(name) ? [name] : [])),
  ...names("../node_modules/graphile-worker/sql/", (name) => `queue/${Number.parseInt(name, 10)}`),
];
const { version } = JSON.parse(
  readFileSync(fileURLToPath(new URL("../package.json", import.meta.url)), "utf8"),
);
writeFileSync(
  fileURLToPath(new URL("../lib/db/generated/build.ts", import.meta.url)),
  `export const build = ${JSON.stringify({ version, migrations }, null, 2)};\n`,
);

for (const font of ["inter", "noto-sans-thai"]) {
  const from = new URL(`../node_modules/@fontsource-variable/${font}/`, import.meta.url);
  const to = new URL(`../public/fonts/${font}/`, import.meta.url);
  for (const part of ["index.css", "files"]) {
    cpSync(fileURLToPath(new URL(part, from)), fileURLToPath(new URL(part, to)), { recursive: true });
  }
}
