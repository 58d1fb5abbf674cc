/** A dump and back, with Debian's PostgreSQL 15 and its programs, as docs/operations.md has it. Long: it fetches packages. */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../dev/database.ts";
import { startLatchkey } from "../dev/latchkey.ts";
import { localEnvironment, makeLocalSecrets } from "../dev/local-environment.ts";
import { runCommand } from "../dev/testbed/command.ts";
import { startDebianPostgres } from "../dev/testbed/debian-postgres.ts";
import { deploy } from "../prisma/migrate.ts";
import { expect, test } from "./fixtures.ts";
import { rowsOf } from "./mail-page.ts";
import { place } from "./places.ts";
import { disconnect, openInbox } from "./sign-in.ts";

const drill = fileURLToPath(new URL("../lib/server/drill-restore.command.ts", import.meta.url));

if (process.env.LATCHKEY_LONG)
  test("a dump opens with the same keys, the drill says so, and who was signed in still is", async ({
    browser,
    newPerson,
  }, info) => {
    test.setTimeout(900_000);
    const directory = await mkdtemp(join(tmpdir(), "latchkey-restore-"));
    await chmod(directory, 0o755);
    const postgres = await startDebianPostgres(directory);
    const secrets = makeLocalSecrets();
    const logFile = info.outputPath("latchkey.log");
    const port = await freePort();
    const environmentOf = (database: string) =>
      localEnvironment({ databaseUrl: postgres.urlOf(database), googleUrl: place("google"), port }, secrets);
    await postgres.client("createdb", "--owner=latchkey", "latchkey");
    await deploy(postgres.urlOf("latchkey"));
    const env = environmentOf("latchkey");
    const practise = (more: Record<string, string> = {}, ...dump: string[]) =>
      runCommand(drill, { ...env, ...postgres.env, ...more }, dump);
    const latchkey = await startLatchkey({ env, logFile });
    const contexts = await Promise.all([1, 2].map(() => browser.newContext({ baseURL: latchkey.url })));
    const [staying, leaving] = await Promise.all(contexts.map((context) => context.newPage()));
    if (!staying || !leaving) throw new Error("There are two.");
    try {
      await openInbox(staying, await newPerson({ messages: 30 }));
      const other = await newPerson({ messages: 10 });
      await openInbox(leaving, other);
      for (const page of [staying, leaving]) await expect(rowsOf(page).first()).toBeVisible();

      expect(await practise()).toEqual({
        code: 1,
        output: expect.stringContaining('ALTER ROLE "latchkey" CREATEDB;'),
      });
      await postgres.client("psql", "--command=ALTER ROLE latchkey CREATEDB", "postgres");
      expect(await practise()).toMatchObject({
        code: 0,
        output: expect.stringContaining("TOKEN_KEYS opens all of it."),
      });
      const others = await practise({ TOKEN_KEYS: makeLocalSecrets().TOKEN_KEYS.replace("k1", "k2") });
      expect(others.code).toBe(1);
      expect(others.output.match(/wrapped by "k1", which is not in TOKEN_KEYS/g)).toHaveLength(2);

      const dump = join(directory, "latchkey.dump");
      await postgres.client("pg_dump", "--format=custom", `--file=${dump}`, "latchkey");
      await leaving.goto("/accounts");
      await disconnect(leaving, other.email);
      await expect(leaving.getByRole("button", { name: "Sign in with Google" })).toBeVisible();
      const afterwards = await practise({}, dump);
      expect(afterwards.code).toBe(0);
      expect(afterwards.output).toMatch(/Disconnected since that dump;.*\n {2}account [0-9a-f-]{36}\n/);
      // Text may order anything: that a database be dropped, or that this machine do something.
      const text = join(directory, "latchkey.sql");
      await postgres.client("pg_dump", "--create", "--clean", `--file=${text}`, "latchkey");
      for (const path of [text, "", join(directory, "none.dump")])
        expect((await practise({}, path)).code).toBe(1);
      const tar = join(directory, "latchkey.tar");
      await postgres.client("pg_dump", "--format=tar", `--file=${tar}`, "latchkey");
      expect((await practise({}, tar)).code).toBe(0);
      expect(
        await postgres.client("psql", "-Atc", "SELECT count(*) FROM pg_database", "latchkey"),
        "none is left",
      ).toBe("4\n");
      await staying.goto("about:blank");
      await latchkey.stop();

      await postgres.client("createdb", "--owner=latchkey", "restored");
      const how = ["--no-owner", "--role=latchkey", "--exit-on-error", "--dbname=restored"];
      await postgres.client("pg_restore", ...how, dump);
      const again = await startLatchkey({ env: environmentOf("restored"), logFile });
      try {
        await staying.goto("/mail");
        await expect(rowsOf(staying).first()).toBeVisible();
        await staying.goto("about:blank");
      } finally {
        await again.stop();
      }
    } finally {
      await Promise.all(contexts.map((context) => context.close()));
      await latchkey.stop();
      await postgres.stop();
      await rm(directory, { recursive: true, force: true });
    }
  });
