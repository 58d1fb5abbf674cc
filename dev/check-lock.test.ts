import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Lock, lockProblems } from "./check-lock.ts";

const sound = { version: "1.0.0", integrity: "sha512-abc" };
const problemsWith = (packages: Lock["packages"]) => lockProblems({ packages: { "": {}, ...packages } });

test("every package of our lock file has its hash, and what only builds is not installed in production", () => {
  const file = new URL("../package-lock.json", import.meta.url);
  expect(lockProblems(JSON.parse(readFileSync(file, "utf8")) as Lock)).toEqual([]);
});

test("a package without a hash, or with a weak one, is named", () => {
  expect(
    problemsWith({
      "node_modules/a": sound,
      "node_modules/b": { version: "1.0.0" },
      "node_modules/a/node_modules/c": { version: "1.0.0", integrity: "sha1-abc" },
    }),
  ).toEqual(["node_modules/b has no sha512 hash", "node_modules/a/node_modules/c has no sha512 hash"]);
});

test("a registry's address does not belong into the lock file", () => {
  expect(
    problemsWith({ "node_modules/a": { ...sound, resolved: "https://registry.example/a.tgz" } }),
  ).toEqual(["node_modules/a names the registry it came from"]);
});

test("Prisma's command line and what it brings are for the build alone, under any name and at any depth", () => {
  expect(
    problemsWith({
      "node_modules/prisma-cli": { ...sound, name: "prisma" },
      "node_modules/a/node_modules/mysql2": sound,
      "node_modules/deepmerge-ts": { ...sound, dev: true },
    }),
  ).toEqual([
    "node_modules/prisma-cli would be installed in production",
    "node_modules/a/node_modules/mysql2 would be installed in production",
  ]);
});
