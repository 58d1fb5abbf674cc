/** `npm run demo`: PostgreSQL, the local Google and Latchkey on 127.0.0.1, until Ctrl-C. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { deploy } from "#prisma/migrate.ts";
import { requireFreePort, startDatabase } from "./database.ts";
import { startGoogle } from "./google/server.ts";
import { startLatchkey } from "./latchkey.ts";
import {
  type LocalSecrets,
  localEnvironment,
  makeLocalSecrets,
  pushEnvironment,
  pushTo,
} from "./local-environment.ts";

const directory = fileURLToPath(new URL("../.data/demo", import.meta.url));
const port = Number(process.env.PORT ?? 3000);
const googlePort = Number(process.env.GOOGLE_PORT ?? 4010);
const databasePort = Number(process.env.DATABASE_PORT ?? 54_329);

/** Kept, so that a second demo can open what the first one sealed. */
function secrets(): LocalSecrets {
  const file = join(directory, "secrets.json");
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(makeLocalSecrets()), { mode: 0o600 });
  return JSON.parse(readFileSync(file, "utf8"));
}

async function demo(): Promise<void> {
  const { values } = parseArgs({ options: { messages: { type: "string" } } });
  mkdirSync(directory, { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const stopOne of stops.splice(0).reverse()) await stopOne();
  };
  // From the first moment on: a start that is interrupted must not leave a server behind.
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      console.log("\nStopping …");
      stop().then(
        () => process.exit(0),
        (error) => {
          console.error(error instanceof Error ? error.message : error);
          process.exit(1);
        },
      );
    });
  }
  try {
    await requireFreePort(port, "Latchkey", "PORT");
    await requireFreePort(googlePort, "the local Google", "GOOGLE_PORT");
    const databaseUrl = process.env.DATABASE_URL ?? (await startLocalDatabase(stops));
    await deploy(databaseUrl);
    const google = await startGoogle({
      port: googlePort,
      stateFile: join(directory, "google.json"),
      now: new Date(), // Of the first start: the next finds it in the state file.
      quiet: true,
      ...(values.messages ? { messages: Number(values.messages) } : {}),
    });
    stops.push(() => google.close());
    const places = { databaseUrl, googleUrl: google.url, port };
    const env = { ...localEnvironment(places, secrets()), ...pushEnvironment };
    const latchkey = await startLatchkey({ env, logFile: join(directory, "latchkey.log") });
    stops.push(() => latchkey.stop());
    await pushTo(google.url, latchkey.url);
    console.log(`
  Latchkey          ${latchkey.url}
  The local Google  ${google.url}   revoke, deliver, break and slow down Google here

  Sign in as maya@example.org, sari@example.org or nils@example.org.
  admin@example.org sees the admin area at ${latchkey.url}/admin
  Ctrl-C stops everything; what was stored is there again next time.
`);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startLocalDatabase(stops: (() => Promise<void>)[]): Promise<string> {
  await requireFreePort(databasePort, "PostgreSQL", "DATABASE_PORT");
  const database = await startDatabase({
    directory: join(directory, "postgres"),
    port: databasePort,
    name: "latchkey",
  });
  stops.push(() => database.stop());
  return database.url;
}

try {
  await demo();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
