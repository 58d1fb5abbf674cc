/**
 * What an integration test stands on: a database and a local Google of its own, and the environment that names them.
 * To be called in `beforeAll`, before anything reads the environment.
 */
import { closeDatabase } from "#lib/db/client.ts";
import { type Control, controlOf } from "../google/control-client.ts";
import { startGoogle } from "../google/server.ts";
import { localEnvironment, makeLocalSecrets } from "../local-environment.ts";
import { createTestDatabase } from "./database.ts";

export interface Testbed {
  readonly google: Control;
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface TestbedOptions {
  /** For everyone; null leaves each person the number that they were added with. */
  readonly messages?: number | null;
  readonly env?: Record<string, string>;
}

export async function startTestbed({ messages = 0, env: extra = {} }: TestbedOptions = {}): Promise<Testbed> {
  const [database, google] = await Promise.all([
    createTestDatabase(),
    startGoogle({ ...(messages === null ? {} : { messages }), quiet: true }),
  ]);
  const places = { databaseUrl: database.url, googleUrl: google.url, port: 3000 };
  const env = { ...localEnvironment(places, makeLocalSecrets()), LOG_LEVEL: "silent", ...extra };
  Object.assign(process.env, env);
  const close = async () => {
    await closeDatabase();
    await google.close();
    await database.drop();
  };
  return { google: controlOf(google.url), env, close };
}
