import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runCommand } from "#dev/testbed/command.ts";

const start = fileURLToPath(new URL("./start.ts", import.meta.url));
const npmStart = (env: Record<string, string>) => runCommand(start, env);

test("npm start with an empty environment names everything that is missing and exits 1", async () => {
  const { code, output } = await npmStart({});
  expect(code).toBe(1);
  for (const name of [
    "DATABASE_URL",
    "NEXTAUTH_URL",
    "NEXTAUTH_SECRET",
    "GOOGLE_CLIENT_ID",
    "GOOGLE_CLIENT_SECRET",
    "TOKEN_KEYS",
    "ADMIN_EMAILS",
  ]) {
    expect(output).toContain(`${name}: is missing`);
  }
  expect(output).not.toMatch(/^\s+at /m);
});

test("npm start with a malformed environment says so without the values, and exits 1", async () => {
  const { code, output } = await npmStart({
    TOKEN_KEYS: "k1:bm90LXRoaXJ0eS10d28tYnl0ZXM=",
    NEXTAUTH_SECRET: "tooShort",
  });
  expect(code).toBe(1);
  expect(output).toContain('TOKEN_KEYS: key "k1" has 20 bytes, and needs 32');
  expect(output).toContain("NEXTAUTH_SECRET: must be at least 16 characters");
  expect(output).not.toMatch(/bm90LXRoaXJ0|tooShort/);
});

const key = createHash("sha256").update("start.test.ts").digest("base64");
const complete = {
  DATABASE_URL: "postgresql://latchkey:a-database-password@127.0.0.1:1/latchkey",
  NEXTAUTH_URL: "http://127.0.0.1:3000",
  NEXTAUTH_SECRET: createHash("sha256").update("sessions").digest("base64"),
  GOOGLE_CLIENT_ID: "client.apps.example",
  GOOGLE_CLIENT_SECRET: "a-client-secret",
  TOKEN_KEYS: `k1:${key}`,
  ADMIN_EMAILS: "admin@example.org",
};

test("npm start with secrets that can be guessed, or addresses in clear, says so without the values, and exits 1", async () => {
  const { code, output } = await npmStart({
    ...complete,
    NEXTAUTH_URL: "http://mail.example.org",
    NEXTAUTH_SECRET: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    TOKEN_KEYS: `k1:${key},k2:${key},k3:${Buffer.alloc(32).toString("base64")}`,
  });
  expect(code).toBe(1);
  expect(output).toContain("NEXTAUTH_URL: must be https");
  expect(output).toContain("NEXTAUTH_SECRET: has too few different characters, so it can be guessed");
  expect(output).toContain('TOKEN_KEYS: keys "k1" and "k2" are the same key');
  expect(output).toContain('TOKEN_KEYS: key "k3" repeats itself or counts up');
  expect(output).not.toContain(key);
  expect(output).not.toMatch(/a{8}|A{8}/);
});

test.each(["child_process", "http,child_*", "*"])(
  "npm start with NODE_DEBUG=%s, which has Node print the environment of what it starts, starts nothing",
  async (NODE_DEBUG) => {
    const { code, output } = await npmStart({ ...complete, NODE_DEBUG });
    expect(code).toBe(1);
    expect(output).toContain("NODE_DEBUG has Node print every secret of the environment: start without it.");
    for (const secret of [key, complete.NEXTAUTH_SECRET, "a-database-password", "a-client-secret"]) {
      expect(output).not.toContain(secret);
    }
  },
);
