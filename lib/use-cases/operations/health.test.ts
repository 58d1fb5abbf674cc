import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type HangingProxy, hangingProxy } from "#dev/testbed/hanging-proxy.ts";
import { startTestbed, type Testbed } from "#dev/testbed/testbed.ts";
import { closeDatabase, database } from "../../db/client.ts";
import { instance } from "../../telemetry/instance.ts";
import { readHealth } from "./health.ts";

let testbed: Testbed;
let proxy: HangingProxy;
beforeAll(async () => {
  testbed = await startTestbed();
  // The environment is read once, at the first question.
  proxy = await hangingProxy(testbed.env.DATABASE_URL ?? "");
  process.env.DATABASE_URL = proxy.url;
});
afterAll(async () => {
  proxy.close();
  await testbed.close();
});
afterEach(() => {
  instance().worker = "off";
});

test("all is well, and it says so", async () => {
  expect(await readHealth()).toBe("ok");
});

test("a schema that lacks migrations of this build, or all of them, is told from a database that is away", async () => {
  const last = await database().$queryRaw<{ migration_name: string }[]>`
    DELETE FROM "_prisma_migrations" WHERE migration_name = (SELECT max(migration_name) FROM "_prisma_migrations")
    RETURNING *`;
  expect(last).toHaveLength(1);
  expect(await readHealth()).toBe("migrations-missing");
  await database().$executeRaw`ALTER TABLE "_prisma_migrations" RENAME TO "elsewhere"`;
  expect(await readHealth()).toBe("migrations-missing");
  await database().$executeRaw`ALTER TABLE "elsewhere" RENAME TO "_prisma_migrations"`;
  await database().$executeRaw`
    INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, started_at)
    VALUES ('again', '', ${last[0]?.migration_name}, now(), now())`;
  expect(await readHealth()).toBe("ok");
});

test("migrations of a newer build are no fault of this one", async () => {
  await database().$executeRaw`
    INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, started_at)
    VALUES ('newer', '', '99990101000000_newer', now(), now())`;
  expect(await readHealth()).toBe("ok");
});

test("a worker that has stopped is said, one that begins is not", async () => {
  instance().worker = "starting";
  expect(await readHealth()).toBe("ok");
  instance().worker = "stopped";
  expect(await readHealth()).toBe("worker-stopped");
});

test("a database that hangs is away within two seconds, for all who ask; when it goes on, it is there", async () => {
  expect(await readHealth()).toBe("ok");
  proxy.hang();
  const startedMs = performance.now();
  expect(await Promise.all([readHealth(), readHealth(), readHealth()])).toEqual(
    Array(3).fill("database-unreachable"),
  );
  expect(performance.now() - startedMs).toBeLessThan(2_500);
  proxy.goOn();
  await expect.poll(readHealth, { timeout: 10_000 }).toBe("ok");
  await closeDatabase();
});
