import { closeDatabase, database } from "../db/client.ts";
import { envToRotate } from "../env.ts";
import { type LeftBecause, rotateDataKeys } from "../vault/rotate.ts";
import { loadEnvFile } from "./load-env-file.ts";

/** `npm run keys:rotate`: after a new key was put first in TOKEN_KEYS and every instance was restarted with it. */
loadEnvFile();
try {
  const keys = envToRotate().TOKEN_KEYS;
  const { rewrapped, left } = await rotateDataKeys(database(), keys, ({ remaining }) => {
    if (remaining > 0) console.log(`${remaining} data keys to go`);
  });
  const done = `${rewrapped} data keys are now wrapped by "${keys[0].id}".`;
  if (left.size === 0) console.log(`${done} Older keys may be taken out of TOKEN_KEYS.`);
  else {
    console.log(`${done} ${left.size} are left as they were:`);
    for (const [accountId, because] of left) console.log(`  account ${accountId}: ${wordsFor(because)}`);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}

function wordsFor(because: LeftBecause): string {
  return because === "altered"
    ? "what is stored was altered, and no key opens it; its owner gets a new one by reconnecting"
    : `it is wrapped by "${because.missing}", which is not in TOKEN_KEYS: put that key back, at the end, and rotate again`;
}
