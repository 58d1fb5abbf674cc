/**
 * Programs of Debian's own packages, for tests that are about them: fetched and unpacked into a directory of ours, nothing is
 * installed. Needs apt with its lists, and no rights.
 */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const directory = fileURLToPath(new URL("../../.data/debian", import.meta.url));

const packages = {
  pgbouncer: { file: "usr/sbin/pgbouncer", with: ["libc-ares2", "libevent-2.1-7"] },
  nginx: { file: "usr/sbin/nginx", with: [] },
  caddy: { file: "usr/bin/caddy", with: [] },
  "postgresql-15": {
    file: "usr/lib/postgresql/15/bin/postgres",
    with: [
      ...[
        "postgresql-client-15",
        "libpq5",
        "libicu72",
        "libxml2",
        "liblz4-1",
        "libssl3",
        "libldap-2.5-0",
        "libsasl2-2",
      ],
      ...["libgssapi-krb5-2", "libkrb5-3", "libk5crypto3", "libkrb5support0", "libkeyutils1", "libcom-err2"],
    ],
  },
} as const;

type Named = keyof typeof packages;

/**
 * A directory with these packages' files in it, where `file` is one of them; fetched if it is not there yet.
 * @throws Error where apt cannot fetch them
 */
export async function unpacked(name: string, file: string, packages: readonly string[]): Promise<string> {
  const home = join(directory, name);
  if (existsSync(join(home, file))) return home;
  // Unpacked beside, and moved there whole: another test may want the same at the same time.
  await mkdir(directory, { recursive: true });
  const making = await mkdtemp(join(directory, `${name}-`));
  const archives = join(making, "archives");
  await mkdir(archives);
  await chmod(making, 0o755);
  await run("apt-get", ["download", ...packages], { cwd: archives });
  for (const archive of await readdir(archives)) await run("dpkg", ["-x", join(archives, archive), making]);
  await rm(archives, { recursive: true });
  await rename(making, home).catch(async (error: NodeJS.ErrnoException) => {
    await rm(making, { recursive: true });
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
  });
  return home;
}

/** The program's path. */
export async function program(name: Named): Promise<string> {
  const { file, with: libraries } = packages[name];
  return join(await unpacked(name, file, [name, ...libraries]), file);
}

const isRoot = () => process.getuid?.() === 0;

/** How one is run: with the libraries that came with it, and where we are root as somebody else, if so told. */
export const runAs = (name: Named, uid?: number) => ({
  env: {
    ...process.env,
    PATH: process.env.PATH ?? "",
    LD_LIBRARY_PATH: join(directory, name, "usr/lib/x86_64-linux-gnu"),
  },
  ...(uid === undefined || !isRoot() ? {} : { uid, gid: uid }),
});

export interface DebianProgram {
  stop(): Promise<void>;
}

export interface ProgramOptions {
  readonly args: readonly string[];
  /** The port that it listens on when it is there. */
  readonly port: number;
  /** As whom it runs; as we do, unless told otherwise. */
  readonly uid?: number;
}

/** Starts one and waits until it listens. @throws Error with its words when it ends before */
export async function startDebian(name: Named, { args, port, uid }: ProgramOptions): Promise<DebianProgram> {
  const child = spawn(await program(name), args, {
    stdio: ["ignore", "pipe", "pipe"],
    ...runAs(name, uid),
  });
  let words = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      words += String(chunk);
    });
  const ended = once(child, "exit");
  while (!(await isListening(port))) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}: ${words}`);
    await sleep(50);
  }
  return {
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
