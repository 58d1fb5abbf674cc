/** What is measured on: PostgreSQL, the local Google in a process of its own, and people who have connected. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort, startDatabase } from "#dev/database.ts";
import { type Control, controlOf } from "#dev/google/control-client.ts";
import { localEnvironment, makeLocalSecrets, pushEnvironment } from "#dev/local-environment.ts";
import { closeDatabase } from "#lib/db/client.ts";
import { deploy } from "#prisma/migrate.ts";
import type { WireCall } from "./wire-log.ts";
import { startWorker } from "./worker.ts";

export const directory = fileURLToPath(new URL("../.data/bench", import.meta.url));

export interface Stage {
  readonly google: Control;
  /** The environment of a Latchkey on this stage, listening on that port. */
  environmentFor(port: number): Record<string, string>;
  /** What was sent to Google since this was last asked, in the order of the answers. */
  takeWireCalls(): Promise<WireCall[]>;
  close(): Promise<void>;
}

/** Sets this process's environment to the stage's. */
export async function openStage(): Promise<Stage> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const database = await startDatabase({
    directory: join(directory, "postgres"),
    port: await freePort(),
    name: "latchkey",
  });
  await deploy(database.url);
  const googleProcess = await startWorker("google.worker.ts");
  const googleUrl = googleProcess.greeting as string;
  const secrets = makeLocalSecrets();
  const environmentFor = (port: number) => ({
    ...localEnvironment({ databaseUrl: database.url, googleUrl, port }, secrets),
    LOG_LEVEL: "warn",
  });
  Object.assign(process.env, environmentFor(await freePort()), {
    // Copies are filled in this process before they are measured in others: no minute of it is to be waited for.
    QUOTA_UNITS_PER_MINUTE: "1000000000",
    ...pushEnvironment,
  });
  return {
    google: controlOf(googleUrl),
    environmentFor,
    takeWireCalls: async () => (await googleProcess.ask("calls")) as WireCall[],
    close: async () => {
      await closeDatabase();
      await googleProcess.end();
      await database.stop();
    },
  };
}
