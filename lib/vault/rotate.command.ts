import { closeDatabase, database } from "../db/client.ts";
import { envToRotate } from "../env.ts";
import { loadEnvFile } from "../server/load-env-file.ts";
import { rotateDataKeys } from "./rotate.ts";

/** `npm run keys:rotate`: after a new key was put first in TOKEN_KEYS and every instance was restarted with it. */
loadEnvFile();
try {
  const keys = envToRotate().TOKEN_KEYS;
  const { rewrapped } = await rotateDataKeys(database(), keys, ({ remaining }) => {
    if (remaining > 0) console.log(`${remaining} data keys to go`);
  });
  console.log(
    `${rewrapped} data keys are now wrapped by "${keys[0].id}". Older keys may be taken out of TOKEN_KEYS.`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
