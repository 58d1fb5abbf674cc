/** `npm run keys:lost -- <id>`: a key of TOKEN_KEYS is gone for good; whose mail it sealed is asked to reconnect. */
import { closeDatabase } from "../db/client.ts";
import { EnvironmentError } from "../env.ts";
import { declareKeyLost } from "../use-cases/accounts/declare-key-lost.ts";
import { loadEnvFile } from "./load-env-file.ts";

loadEnvFile();
const [keyId] = process.argv.slice(2);
try {
  if (!keyId) throw new EnvironmentError(["Usage: npm run keys:lost -- <id of the key>"]);
  const outcome = await declareKeyLost(keyId);
  if (outcome === "still-there")
    throw new EnvironmentError([`"${keyId}" is in TOKEN_KEYS: nothing was changed. Take it out first.`]);
  console.log(
    outcome.accounts === 0
      ? `No account's data key is wrapped by "${keyId}".`
      : `What "${keyId}" had sealed of ${outcome.accounts} accounts is removed; each is asked to reconnect.`,
  );
} catch (error) {
  console.error(error instanceof EnvironmentError ? error.problems.join("\n") : error);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
