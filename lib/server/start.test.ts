import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const start = fileURLToPath(new URL("./start.ts", import.meta.url));
// A directory without a `.env`: what a developer keeps in theirs must not fill the gaps.
const elsewhere = fileURLToPath(new URL(".", import.meta.url));

function npmStart(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["--conditions=react-server", start],
      // Next's types want NODE_ENV; an empty environment is what this is about.
      { cwd: elsewhere, env: env as NodeJS.ProcessEnv },
      (_, stdout, stderr) => resolve({ code: child.exitCode, output: stdout + stderr }),
    );
  });
}

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
