/**
 * `npm run drill:restore [-- <dump>]`: restores a dump (or, without one, the database as it is) beside the database, looks whether
 * TOKEN_KEYS opens what is in it, and removes it. No instance is started on it, nobody's Google is asked, nothing is changed.
 */
import { parseArgs } from "node:util";
import { closeDatabase } from "../db/client.ts";
import { missingMigrations } from "../db/schema-state.ts";
import { EnvironmentError, parseEnv } from "../env.ts";
import {
  type ClosedBecause,
  examineRestored,
  type Restored,
} from "../use-cases/operations/examine-restored.ts";
import { loadEnvFile } from "./load-env-file.ts";
import { copyDatabase, restoreDump, stopTools, ToolError } from "./postgres-tools.ts";
import { accountsIn, withDrillDatabase } from "./restore-drill.ts";

async function drill(dump: string | undefined): Promise<void> {
  // Whatever is wrong with the settings is said before anything is restored.
  const { DATABASE_URL, DATABASE_DIRECT_URL = DATABASE_URL } = parseEnv(process.env);
  if (dump === "") throw new ToolError("The dump's name is empty: nothing was restored.");
  // A dump may be all that is left: then nobody is connected now, and nothing is to be said of that.
  const now = await accountsIn(DATABASE_DIRECT_URL);
  await withDrillDatabase(DATABASE_DIRECT_URL, async (restored) => {
    await (dump === undefined ? copyDatabase(DATABASE_DIRECT_URL, restored) : restoreDump(dump, restored));
    speakTo(restored);
    try {
      const missing = await missingMigrations();
      if (missing.length > 0)
        throw new ToolError(
          `It is restored, and lacks ${missing.length} migrations of this version: whether it opens, the version that it was made by can say.`,
        );
      tell(await examineRestored(), dump ?? "the database as it is", now);
    } finally {
      await closeDatabase();
    }
  });
}

/** From here on whoever asks for the database gets the restored one. */
function speakTo(address: string): void {
  for (const name of ["DATABASE_URL_FILE", "DATABASE_DIRECT_URL", "DATABASE_DIRECT_URL_FILE"])
    delete process.env[name];
  process.env.DATABASE_URL = address;
}

function tell(found: Restored, what: string, now: ReadonlySet<string> | null): void {
  const { accounts, connected, looked, closed } = found;
  console.log(`Restored ${what}: ${accounts.length} accounts, ${connected} with a refresh token that opens.`);
  console.log(`Of their mail ${looked} sealed values were looked at.`);
  if (closed.size === 0) console.log("TOKEN_KEYS opens all of it.");
  else {
    console.log(`TOKEN_KEYS does not open all of it:`);
    for (const [accountId, because] of closed) console.log(`  account ${accountId}: ${wordsFor(because)}`);
    process.exitCode = 1;
  }
  const gone = now ? accounts.filter((accountId) => !now.has(accountId)) : [];
  if (gone.length > 0) {
    console.log(
      "Disconnected since that dump; a restore brings their keys and mail back. Disconnect them again:",
    );
    for (const accountId of gone) console.log(`  account ${accountId}`);
  }
}

function wordsFor(because: ClosedBecause): string {
  if ("missingKey" in because)
    return `its data key is wrapped by "${because.missingKey}", which is not in TOKEN_KEYS`;
  if ("lacks" in because) return `its ${because.lacks} is not there`;
  return because.altered === "credential"
    ? "its key or its credential was altered"
    : `${because.values} values of its mail were altered`;
}

// Whoever breaks it off waits for what was restored to be removed: it holds keys and mail.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stopTools);

loadEnvFile();
try {
  const { positionals } = parseArgs({ allowPositionals: true, options: {} });
  await drill(positionals[0]);
} catch (error) {
  if (error instanceof EnvironmentError) console.error(error.problems.join("\n"));
  else console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
