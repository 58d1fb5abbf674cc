import { expect, test } from "vitest";
import { judgeRequest } from "./judge-request.ts";

const judge = (target: string, headers: Record<string, string> = {}, method = "GET") =>
  judgeRequest({ method, target, headers: { host: "latchkey.example", ...headers } });

const state = (tree: unknown) => ({ "next-router-state-tree": encodeURIComponent(JSON.stringify(tree)) });

test("what browsers send goes on", () => {
  expect(judge("/mail/a/inbox?q=from%3Amaya%20%25")).toBeNull();
  expect(judge("/_next/static/chunks/a.js")).toBeNull();
  expect(judge("/mail/%E0%B9%84%E0%B8%97%E0%B8%A2")).toBeNull();
  expect(judge("/mail", { host: "[::1]:3000" })).toBeNull();
  expect(
    judge("/mail", state(["", { children: ["mail", { children: ["__PAGE__", {}] }] }, null, null])),
  ).toBeNull();
  expect(judge("/accounts", { "content-length": "16384" }, "POST")).toBeNull();
});

for (const target of [
  "/%",
  "/mail/%E0%A4%A",
  "/%ff",
  "/%00",
  "/mail?q=%00",
  "/\\evil.example",
  "/mail\u00ff",
  "http://evil.example/",
  "*",
  "",
]) {
  test(`the target ${JSON.stringify(target)} is malformed`, () => {
    expect(judge(target)).toBe(400);
  });
}

for (const host of ["", "a b", "[::1", "a:99999", "user@a", "a/b", "a\u00ff"]) {
  test(`the host ${JSON.stringify(host)} is malformed`, () => {
    expect(judge("/", { host })).toBe(400);
  });
}

for (const tree of ["x", "%", "%5B%5D", encodeURIComponent('{"a":1}'), "x".repeat(41_000)]) {
  test(`the router's state ${tree.slice(0, 20)} is malformed`, () => {
    expect(judge("/mail", { "next-router-state-tree": tree })).toBe(400);
  });
}

for (const target of [
  "/_next/image?url=%2Ficon.svg&w=64&q=75",
  "/_next/%69mage?url=/icon.svg",
  "//_next/image",
  "/_global-error",
  "/%5Ferror",
  "/_next/data/a/index.json",
]) {
  test(`${target} is nobody's business`, () => {
    expect(judge(target)).toBe(404);
  });
}

test("a body that is packed, or sent in a way that Node cannot bound, is refused", () => {
  expect(judge("/accounts", { "content-encoding": "gzip", "content-length": "9" }, "POST")).toBe(400);
  expect(judge("/accounts", { "transfer-encoding": "gzip, chunked" }, "POST")).toBe(400);
  expect(judge("/accounts", { "content-length": "16385" }, "POST")).toBe(413);
  expect(judge("/", { "content-length": "16385" })).toBe(413);
});
