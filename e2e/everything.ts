/** Starts what the specs drive: PostgreSQL, the local Google and Latchkey, each on a free port, for one run. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort, startDatabase } from "../dev/database.ts";
import { startGoogle } from "../dev/google/server.ts";
import { startLatchkey } from "../dev/latchkey.ts";
import { localEnvironment, makeLocalSecrets, pushEnvironment, pushTo } from "../dev/local-environment.ts";
import { startPictureServer } from "../dev/testbed/picture-server.ts";
import { deploy } from "../prisma/migrate.ts";
import { placeVariables } from "./places.ts";

const directory = fileURLToPath(new URL("../.data/e2e", import.meta.url));

export default async function startEverything(): Promise<() => Promise<void>> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const logFile = join(directory, "latchkey.log");
  const database = await startDatabase({
    directory: join(directory, "postgres"),
    port: await freePort(),
    name: "latchkey",
  });
  await deploy(database.url);
  const google = await startGoogle({ quiet: true, quota: false });
  const pictures = await startPictureServer();
  const port = await freePort();
  const secrets = makeLocalSecrets();
  const env = localEnvironment({ databaseUrl: database.url, googleUrl: google.url, port }, secrets);
  const extra = {
    ...pushEnvironment,
    QUOTA_UNITS_PER_MINUTE: "1000000",
    LOG_LEVEL: "debug",
    EGRESS_DRILL_PORT: String(pictures.port),
  };
  // An operator's slip: with these, cookies and tokens would be printed. leaks.spec.ts looks for them in the log.
  const loud = {
    DEBUG: "*",
    NODE_DEBUG: "http,http2,net,tls",
    NEXT_DEBUG: "1",
    GOOGLE_SDK_NODE_LOGGING: "*",
  };
  const latchkey = await startLatchkey({ env: { ...env, ...extra, ...loud }, logFile });
  await pushTo(google.url, latchkey.url);
  Object.assign(process.env, {
    [placeVariables.latchkey]: latchkey.url,
    [placeVariables.google]: google.url,
    [placeVariables.pictures]: pictures.url,
    [placeVariables.database]: database.url,
    [placeVariables.log]: logFile,
    [placeVariables.nextAuthSecret]: secrets.NEXTAUTH_SECRET,
    [placeVariables.tokenKey]: secrets.TOKEN_KEYS.split(":")[1],
  });
  return async () => {
    await latchkey.stop();
    await pictures.close();
    await google.close();
    await database.stop();
  };
}
