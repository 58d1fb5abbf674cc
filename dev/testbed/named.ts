/** Test data that follows from the test's name: the same in every run, and of no two tests the same. */
import { createHash } from "node:crypto";
import { expect } from "vitest";

const asked = new Map<string, number>();

/** 32 bytes that are this test's own; the next call of the same test gets others. */
function bytesOfTest(what: string): Buffer {
  const { currentTestName = "outside of tests", testPath = "" } = expect.getState();
  const name = `${testPath.split("/").slice(-2).join("/")} ${currentTestName} ${what}`;
  const count = (asked.get(name) ?? 0) + 1;
  asked.set(name, count);
  return createHash("sha256").update(`${name} ${count}`).digest();
}

/** An id as PostgreSQL knows it, which nothing else has. */
export function newId(what = "id"): string {
  const hex = bytesOfTest(what).toString("hex");
  // RFC 9562, version 8: made in a way of one's own.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A key, a token's bytes, or whatever else is 32 bytes long. */
export const newKey = (what = "key"): Uint8Array<ArrayBuffer> => new Uint8Array(bytesOfTest(what));
