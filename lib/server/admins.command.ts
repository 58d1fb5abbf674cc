/** `npm run admins -- unpin <address>`: lets the next Google account that comes with this address be its admin. */
import { closeDatabase, database } from "../db/client.ts";
import { asciiLowerCase } from "../domain/address.ts";
import { EnvironmentError } from "../env.ts";
import { unpinAdmin } from "../use-cases/accounts/admin-pins.ts";
import { loadEnvFile } from "./load-env-file.ts";

loadEnvFile();
const [action, address] = process.argv.slice(2);
try {
  if (action !== "unpin" || !address)
    throw new EnvironmentError(["Usage: npm run admins -- unpin <address>"]);
  const email = asciiLowerCase(address);
  const wasPinned = await database().$transaction((tx) => unpinAdmin(tx, email));
  console.log(
    wasPinned
      ? "Done. The next Google account that signs in with this address is its admin."
      : "No Google account is pinned to this address: the first one that signs in with it becomes its admin.",
  );
} catch (error) {
  console.error(error instanceof EnvironmentError ? error.problems.join("\n") : error);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
