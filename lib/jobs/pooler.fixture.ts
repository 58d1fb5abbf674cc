/** Latchkey by way of Debian's PgBouncer 1.18; see docs/deploy.md. */
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { freePort } from "#dev/database.ts";
import { controlOf } from "#dev/google/control-client.ts";
import { startGoogle } from "#dev/google/server.ts";
import { localEnvironment, makeLocalSecrets } from "#dev/local-environment.ts";
import { createTestDatabase } from "#dev/testbed/database.ts";
import { type DebianProgram, startDebian } from "#dev/testbed/debian.ts";
import { closeDatabase, database } from "../db/client.ts";
import { mailListOf } from "../domain/mail-list.ts";
import { enqueueMailJob } from "../queue/mail-jobs.ts";
import { requestCopy } from "../request/read-once.ts";
import { connected, newPerson } from "../use-cases/accounts/connected.fixture.ts";
import { expectInStep, headOf } from "../use-cases/copy/copy.fixture.ts";
import { readMessagePage } from "../use-cases/lists/read-message-page.ts";
import { examineDatabase } from "../use-cases/operations/examine-database.ts";
import { readHealth } from "../use-cases/operations/health.ts";
import { startWorker } from "./worker.ts";

const nobody = 65_534;

export interface Pooler {
  readonly mode: "transaction" | "session";
  /** Connections to PostgreSQL: in session mode each of Latchkey's own holds one. */
  readonly connections: number;
  /** What the environment says besides, where `direct` leads past the pooler. */
  readonly env: (direct: string) => Readonly<Record<string, string>>;
  /** What the doctor finds. */
  readonly told: string;
}

/** The facts of one mode. What the environment says is read once a process: one mode a file. */
export function behindPooler({ mode, connections, env, told }: Pooler): void {
  const closing: (() => Promise<unknown>)[] = [];
  let bouncer: DebianProgram;
  let google: ReturnType<typeof controlOf>;

  beforeAll(async () => {
    const direct = await createTestDatabase();
    const url = new URL(direct.url);
    const port = await freePort();
    const directory = await mkdtemp(join(tmpdir(), "latchkey-pgbouncer-"));
    await chmod(directory, 0o755);
    const config = join(directory, "pgbouncer.ini");
    await writeFile(join(directory, "users.txt"), `"${url.username}" "${url.password}"\n`);
    await writeFile(
      config,
      `[databases]
* = host=${url.hostname} port=${url.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${join(directory, "users.txt")}
pool_mode = ${mode}
default_pool_size = ${connections}
`,
    );
    bouncer = await startDebian("pgbouncer", { args: [config], port, uid: nobody });
    const local = await startGoogle({ quiet: true, quota: false });
    google = controlOf(local.url);
    const pooled = new URL(direct.url);
    pooled.host = `127.0.0.1:${port}`;
    const places = { databaseUrl: pooled.href, googleUrl: local.url, port: 3000 };
    Object.assign(process.env, localEnvironment(places, makeLocalSecrets()), {
      ...env(direct.url),
      QUOTA_UNITS_PER_MINUTE: "100000000",
      LOG_LEVEL: "silent",
    });
    closing.push(
      () => rm(directory, { recursive: true, force: true }),
      () => direct.drop(),
      () => local.close(),
      () => bouncer.stop(),
      closeDatabase,
    );
  }, 120_000);
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  });

  it("is told apart by the doctor, and all is well", async () => {
    const findings = await examineDatabase();
    expect(findings.filter(({ state }) => state === "bad")).toEqual([]);
    expect(findings).toContainEqual(
      expect.objectContaining({ about: "pooler", says: expect.stringContaining(told) }),
    );
    expect(await readHealth()).toBe("ok");
  });

  it("serves pages side by side, fills and follows, with moments as they are", {
    timeout: 120_000,
  }, async () => {
    const worker = startWorker();
    try {
      const { accountId, identity } = await connected(google, await newPerson(google, 300));
      const list = mailListOf("inbox");
      if (!list) throw new Error("There is an inbox.");
      const page = () => readMessagePage(requestCopy(accountId), { list, query: "", cursor: "" });
      const pages = await Promise.all(Array.from({ length: 40 }, page));
      expect(pages.flatMap((one) => (one.ok ? [] : [one.trouble]))).toEqual([]);
      const isFilled = async () => (await headOf(accountId)).filledAt !== null;
      await expect.poll(isFilled, { timeout: 60_000, interval: 200 }).toBe(true);
      await google.deliver(identity.email, { subject: "By way of a pooler" });
      await enqueueMailJob(database(), { task: "sync-mailbox", accountId });
      await expect
        .poll(() => expectInStep(google, identity.email, accountId).then(() => true, String), {
          timeout: 60_000,
          interval: 200,
        })
        .toBe(true);
      const account = await database().account.findUniqueOrThrow({ where: { id: accountId } });
      expect(Math.abs(account.connectedAt.getTime() - Date.now())).toBeLessThan(3_600_000);
    } finally {
      await worker?.stop();
    }
  });
}
