import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "../db/generated/build.ts";
import { missingMigrations } from "../db/schema-state.ts";
import { env } from "../env.ts";
import { instance } from "../telemetry/instance.ts";
import { log, messageOf } from "../telemetry/log.ts";
import { accountsWithoutKey } from "../use-cases/accounts/accounts-without-key.ts";

/** One line of what this is, and one for each thing that an operator has to mend before it works as a whole. */
export async function tellStart(): Promise<void> {
  const { NEXTAUTH_URL: url, TOKEN_KEYS, WORKER_CONCURRENCY: jobs, GOOGLE_ISSUER: issuer } = env();
  const keys = TOKEN_KEYS.map(({ id }) => id);
  const { version, migrations } = build;
  const facts = { version, node: process.version, url, issuer, jobs, keys, migrations: migrations.length };
  log.info({ event: "instance.started", ...facts }, "Latchkey has started");
  const { signal } = instance().ending;
  while (!signal.aborted && !(await tellDatabase(keys)))
    await sleep(againAfterMs, undefined, { signal, ref: false }).catch(() => {});
}

const againAfterMs = 5_000;

/** @returns whether there is no more to tell */
async function tellDatabase(keys: readonly string[]): Promise<boolean> {
  try {
    const missing = await missingMigrations();
    if (missing.length > 0) {
      log.error(
        { event: "migrations.missing", missing },
        "the database lacks migrations of this build: npm run migrate",
      );
      return false;
    }
    for (const { keyId, accounts } of await accountsWithoutKey(keys)) {
      log.error(
        { event: "key.missing", key: keyId, accounts },
        "TOKEN_KEYS lacks a key: what it has sealed opens again when it is back; see docs/operations.md",
      );
    }
    return true;
  } catch (error) {
    log.error({ event: "database.unreachable", error: messageOf(error) }, "the database does not answer");
    return false;
  }
}
