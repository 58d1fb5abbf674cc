/**
 * Programs of Debian's own packages, for tests that are about them: fetched and unpacked into a directory of ours, nothing is
 * installed. Needs apt with its lists, and no rights.
 */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
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
} as const;

/** The program's path, unpacked if it is not there yet. @throws Error where apt cannot fetch it */
async function program(name: keyof typeof packages): Promise<string> {
  const home = join(directory, name);
  const { file, with: libraries } = packages[name];
  if (existsSync(join(home, file))) return join(home, file);
  await mkdir(home, { recursive: true });
  await run("apt-get", ["download", name, ...libraries], { cwd: home });
  for (const each of await readdir(home))
    if (each.endsWith(".deb")) await run("dpkg", ["-x", each, "."], { cwd: home });
  return join(home, file);
}

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
export async function startDebian(
  name: keyof typeof packages,
  { args, port, uid }: ProgramOptions,
): Promise<DebianProgram> {
  const child = spawn(await program(name), args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, LD_LIBRARY_PATH: join(directory, name, "usr/lib/x86_64-linux-gnu") },
    ...(uid === undefined || process.getuid?.() !== 0 ? {} : { uid, gid: uid }),
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
