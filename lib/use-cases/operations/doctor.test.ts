import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "#dev/database.ts";
import { runCommand } from "#dev/testbed/command.ts";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { database } from "../../db/client.ts";

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed();
});
afterAll(() => testbed.close());

const command = fileURLToPath(new URL("../../server/doctor.command.ts", import.meta.url));

/** On a port where no instance listens. */
async function doctor(changed: Record<string, string> = {}) {
  const own = { PATH: process.env.PATH ?? "", NODE_ENV: "production", PORT: String(await freePort()) };
  return runCommand(command, { ...testbed.env, ...own, ...changed });
}

test("where all is well it says so of each thing, and ends with 0", async () => {
  const { code, output } = await doctor();
  expect(output).not.toMatch(/^(NO|\?\?)/m);
  for (const about of [
    "environment",
    "database",
    "pooler",
    "tables",
    "keys",
    "clock",
    "Google",
    "OAuth client",
  ])
    expect(output).toMatch(new RegExp(`^ok {2}${about}: `, "m"));
  expect(code).toBe(0);
});

test.each([
  [
    "a secret that can be guessed",
    { NEXTAUTH_SECRET: "aaaaaaaaaaaaaaaaaaaa" },
    /^NO {2}environment: NEXTAUTH_SECRET: /m,
  ],
  [
    "no database",
    { DATABASE_URL: "postgresql://x:hidden-word@127.0.0.1:1/x" },
    /^NO {2}database: does not answer/m,
  ],
  ["no Google", { GOOGLE_ISSUER: "http://127.0.0.1:1" }, /^NO {2}Google: does not answer/m],
  [
    "another secret of the client",
    { GOOGLE_CLIENT_SECRET: "not-the-one" },
    /^NO {2}OAuth client: Google says invalid_client/m,
  ],
  ["half of what notifications need", { PUBSUB_AUDIENCE: "x" }, /^NO {2}notifications: are half set up/m],
])("with %s it says what, what to do, and ends with 1", async (_, changed, said) => {
  const { code, output } = await doctor(changed);
  expect(output).toMatch(said);
  expect(output).toMatch(/^ {6}→ /m);
  expect(output).not.toContain("hidden-word");
  expect(code).toBe(1);
});

test("keys that are missing, and tables that are, are said with their remedy", async () => {
  const user = await database().user.create({ data: { email: "maya@example.org" } });
  const account = await database().account.create({
    data: { userId: user.id, sub: "1", email: "maya@example.org", state: "ACTIVE" },
  });
  await database().dataKey.create({
    data: { accountId: account.id, keyId: "k0", wrapped: new Uint8Array(60) },
  });
  expect((await doctor()).output).toMatch(
    /^NO {2}keys: TOKEN_KEYS lacks "k0", which wraps the data keys of 1 accounts\n.*keys:lost -- k0 says what that means$/m,
  );
  await database().$executeRaw`DELETE FROM "_prisma_migrations" WHERE migration_name LIKE '%roll_ups'`;
  expect((await doctor()).output).toMatch(/^NO {2}tables: 1 migrations are missing\n.*npm run migrate$/m);
});
