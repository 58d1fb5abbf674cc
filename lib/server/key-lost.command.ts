/**
 * `npm run keys:lost -- <id> --for-good`: a key of TOKEN_KEYS is lost; owners whose mail it sealed are asked to
 * reconnect.
 */
import { parseArgs } from "node:util";
import { closeDatabase } from "../db/client.ts";
import { EnvironmentError } from "../env.ts";
import { declareKeyLost, keyUse } from "../use-cases/accounts/declare-key-lost.ts";
import { loadEnvFile } from "./load-env-file.ts";

/**
 * How long nobody must have used the key, in ms: an instance that has it refreshes each account that it reads about
 * once an hour.
 */
const quietMs = 2 * 3_600_000;

async function run(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { "for-good": { type: "boolean", default: false } },
  });
  const [keyId] = positionals;
  if (!keyId) throw new EnvironmentError(["Usage: npm run keys:lost -- <id of the key> [--for-good]"]);
  const use = await keyUse(keyId);
  if (use === "still-there")
    throw new EnvironmentError([`"${keyId}" is in TOKEN_KEYS: nothing was changed. Take it out first.`]);
  const { accounts, lastRefreshedAt } = use;
  if (accounts.length === 0) return console.log(`No account's data key is wrapped by "${keyId}".`);
  if (lastRefreshedAt && Date.now() - lastRefreshedAt.getTime() < quietMs)
    throw new EnvironmentError([
      `Nothing was changed: an instance has "${keyId}". It used it at ${lastRefreshedAt.toISOString()}.`,
    ]);
  if (!values["for-good"])
    return console.log(
      `"${keyId}" wraps the data keys of ${accounts.length} accounts. With --for-good their credentials and copies are removed, and their owners asked to reconnect. Nothing was changed.`,
    );
  const failed = await declareKeyLost(keyId, use);
  console.log(
    `What "${keyId}" had sealed of ${accounts.length - failed.length} accounts is removed; each is asked to reconnect.`,
  );
  for (const accountId of failed)
    console.log(`  left: account ${accountId}; see the log, and run this again`);
  if (failed.length > 0) process.exitCode = 1;
}

loadEnvFile();
try {
  await run();
} catch (error) {
  console.error(error instanceof EnvironmentError ? error.problems.join("\n") : error);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
