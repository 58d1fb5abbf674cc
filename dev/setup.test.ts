/** `setup.mjs` in a project of its own, with npm itself, and small programs in the places of Next and `generate.mjs`. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = mkdtempSync(join(tmpdir(), "latchkey-setup-"));

function write(path: string, text: string): void {
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const making = (...paths: string[]) => `
  const fs = require("node:fs"), path = require("node:path");
  for (const file of ${JSON.stringify(paths)}) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, "made");
  }`;

/** Writes package.json and a lock file that goes with it. */
function writePackage(version: string): void {
  const dependencies = { next: "file:programs/next", "prisma-cli": "file:programs/prisma-cli" };
  write("package.json", JSON.stringify({ name: "project", version, dependencies }));
  npm("install", "--package-lock-only");
}

function npm(...args: string[]): void {
  const { status, stderr } = spawnSync("npm", [...args, "--offline", "--no-audit"], { cwd: root });
  expect(status, String(stderr)).toBe(0);
}

/** What it said it did, step by step, and how it ended. */
function setUp(): { did: string[]; code: number | null; complaint: string } {
  const { status, stdout, stderr } = spawnSync("node", ["dev/setup.mjs"], { cwd: root, encoding: "utf8" });
  const did = stdout.trim().split("\n");
  return { did: did.map((line) => line.replace(/ … \d+ s$/, "")), code: status, complaint: stderr };
}

const dependencies = "Dependencies";
const generated = "Prisma's client and fonts";
const build = "Build";
const nothing = "Setup: nothing to do";

beforeAll(() => {
  for (const name of ["setup.mjs", "chromium.mjs"])
    cpSync(join(import.meta.dirname, name), join(root, "dev", name));
  write(
    "dev/generate.mjs",
    `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
    ${making("lib/db/generated/client.ts", "lib/db/generated/build.ts", "public/fonts/inter.css")}`,
  );
  write("programs/prisma-cli/package.json", `{ "name": "prisma-cli", "version": "1.0.0" }`);
  write("programs/next/package.json", `{ "name": "next", "version": "1.0.0" }`);
  write("programs/next/dist/bin/next", making(".next/BUILD_ID"));
  write("prisma/schema.prisma", "model A {}");
  write("app/page.tsx", "export default () => null;");
  writePackage("1.0.0");
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

it("does in a new clone everything, and says what; a second time there is nothing to do", () => {
  expect(setUp()).toEqual({ did: [dependencies, generated, build], code: 0, complaint: "" });
  expect(setUp()).toEqual({ did: [nothing], code: 0, complaint: "" });
});

it.each([
  ["a page", () => write("app/page.tsx", "export default () => 1;"), [build]],
  ["a page that is gone", () => rmSync(join(root, "app/page.tsx")), [build]],
  ["a migration", () => write("prisma/migrations/1/migration.sql", "SELECT 1"), [generated, build]],
  ["the packages", () => writePackage("1.0.1"), [dependencies, generated, build]],
  ["a test", () => write("app/page.test.ts", "it.todo('works');"), [nothing]],
])("does after a pull that changed %s what hangs on it, and nothing else", (_what, change, due) => {
  setUp();
  change();
  expect(setUp().did).toEqual(due);
  expect(setUp().did).toEqual([nothing]);
});

it.each([
  ["node_modules", [dependencies, generated, build]],
  ["public/fonts", [generated]],
  [".next", [build]],
])("makes again what was removed by hand: %s", (path, due) => {
  setUp();
  rmSync(join(root, path), { recursive: true });
  expect(setUp().did).toEqual(due);
});

it("ends with the words and the code of a step that fails, and tries it again the next time", () => {
  setUp();
  write("programs/next/dist/bin/next", `console.error("page.tsx: a comma is missing"); process.exit(2);`);
  write("app/page.tsx", "export default () =>");
  const failed = setUp();
  expect(failed.did).toEqual(["Build … failed"]);
  expect(failed.complaint).toContain("a comma is missing");
  expect(failed.code).toBe(2);
  write("programs/next/dist/bin/next", making(".next/BUILD_ID"));
  expect(setUp().did).toEqual([build]);
});
