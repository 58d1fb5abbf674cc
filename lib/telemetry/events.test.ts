import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { events } from "./events.ts";
import { openLog } from "./log.ts";

const root = new URL("../../", import.meta.url);

test("every event is named noun.verb or noun.noun.verb", () => {
  const names = Object.keys(events);
  expect(names.filter((name) => !/^[a-z]+(\.[a-z]+){1,2}$/.test(name))).toEqual([]);
  expect(names).toEqual(names.toSorted());
});

test("docs/operations.md lists every event with its level, and no other", () => {
  const text = readFileSync(new URL("docs/operations.md", root), "utf8");
  const rows = [...text.matchAll(/^\| `([a-z.]+)` +\| (\w+) +\| [^|]*\w[^|]*\| [^|]*\w[^|]*\|$/gm)];
  expect(rows.map(([, name, level]) => [name, level])).toEqual(Object.entries(events));
});

test("every event is written somewhere", () => {
  const files = globSync("lib/**/*.ts", { cwd: root }).filter(
    (file) => !/\.test\.ts$|telemetry.events\.ts$/.test(file),
  );
  const text = files.map((file) => readFileSync(new URL(file, root), "utf8")).join("\n");
  expect(Object.keys(events).filter((name) => !text.includes(`"${name}"`))).toEqual([]);
});

test("a line without an event of its level does not compile", () => {
  const log = openLog(undefined, "silent");
  // @ts-expect-error there is no event
  log.warn({ failure: "rate-limited" }, "Google did not answer");
  // @ts-expect-error this event is written as an error
  log.info({ event: "database.full" }, "the disk is full");
  expect(log).toBeDefined();
});
