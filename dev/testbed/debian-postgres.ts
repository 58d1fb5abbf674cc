/** Debian's own PostgreSQL, with its programs for dumps. */
import { execFile } from "node:child_process";
import { chown, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "../database.ts";
import { program, runAs, startDebian } from "./debian.ts";

const run = promisify(execFile);
const name = "postgresql-15";
const nobody = 65_534;

export interface DebianPostgres {
  urlOf(database: string): string;
  /** What a program needs of an environment to find and run the server's client programs. */
  readonly env: { readonly PATH: string; readonly LD_LIBRARY_PATH: string };
  /** Runs one of them on the server, by its superuser. Latchkey's role is none. */
  client(program: string, ...args: string[]): Promise<string>;
  stop(): Promise<void>;
}

/** @param directory new, and others may enter what is above it */
export async function startDebianPostgres(directory: string): Promise<DebianPostgres> {
  const programs = dirname(await program(name));
  const [data, passwordFile] = [join(directory, "data"), join(directory, "password")];
  await mkdir(data, { recursive: true });
  await writeFile(passwordFile, "latchkey");
  const options = runAs(name, nobody);
  if ("uid" in options) await chown(data, nobody, nobody);
  const made = ["--username=postgres", `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "--encoding=UTF8"];
  await run(join(programs, "initdb"), [`--pgdata=${data}`, ...made, "--locale=C"], options);
  const port = await freePort();
  const server = await startDebian(name, {
    args: [
      "-D",
      data,
      "-p",
      String(port),
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      "unix_socket_directories=",
    ],
    port,
    uid: nobody,
  });
  const { PATH, LD_LIBRARY_PATH } = options.env;
  const running = {
    urlOf: (database: string) => `postgresql://latchkey:latchkey@127.0.0.1:${port}/${database}`,
    env: { PATH: `${programs}:${PATH}`, LD_LIBRARY_PATH },
    client: async (file: string, ...args: string[]) => {
      const env = {
        ...options.env,
        PGHOST: "127.0.0.1",
        PGPORT: String(port),
        PGUSER: "postgres",
        PGPASSWORD: "latchkey",
      };
      return (await run(join(programs, file), args, { env })).stdout;
    },
    stop: () => server.stop(),
  };
  await running.client("psql", "--command=CREATE ROLE latchkey LOGIN PASSWORD 'latchkey'", "postgres");
  return running;
}
