/**
 * Runs PostgreSQL's own programs for dumps. Their arguments hold no password, since everybody on a machine may read
 * those, and their environment holds no secret of ours.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { open, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";

/** A program failed, with its words, or is not installed. */
export class ToolError extends Error {}

/** Variables that the programs are given. */
const handedOn = /^(PATH|HOME|LANG|LC_\w+|TZ|TMPDIR|LD_LIBRARY_PATH|SystemRoot|PG\w+)$/;

const running = new Set<ChildProcess>();

/** Ends the programs that run; whoever waits for one gets an error. */
export function stopTools(): void {
  for (const child of running) child.kill("SIGTERM");
}

/**
 * TLS parameters in libpq's words for how node-postgres reads an address: it checks the certificate whenever TLS is
 * asked for.
 * @see https://www.postgresql.org/docs/current/libpq-ssl.html
 */
function sslParameters(asked: URLSearchParams): [string, string][] {
  const mode = asked.get("sslmode") ?? (asked.get("ssl") === "true" ? "require" : null);
  if (mode === null || mode === "disable") return mode ? [["sslmode", "disable"]] : [];
  if (mode === "no-verify") return [["sslmode", "require"]];
  const authority = asked.get("sslrootcert") ?? process.env.NODE_EXTRA_CA_CERTS ?? "system";
  return [
    ["sslmode", "verify-full"],
    ["sslrootcert", authority],
  ];
}

/** Other parameters of an address that libpq knows; node-postgres and poolers know more. */
const ofLibpq = ["host", "options", "sslcert", "sslkey"];

/** Decodes a part of an address; a percent sign that begins no escape stays. */
const plain = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

function addressed(connectionString: string) {
  const url = new URL(connectionString);
  const asked = new URLSearchParams(url.search);
  const password = plain(url.password) || asked.get("password");
  const user = url.username || encodeURIComponent(asked.get("user") ?? "");
  const kept = ofLibpq.flatMap((name): [string, string][] => {
    const value = asked.get(name);
    return value === null ? [] : [[name, value]];
  });
  url.password = "";
  url.username = user;
  url.search = new URLSearchParams([...kept, ...sslParameters(asked)]).toString();
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => handedOn.test(name)));
  return { url: url.href, env: { ...env, ...(password ? { PGPASSWORD: password } : {}) } };
}

function start(program: string, args: readonly string[], connectionString: string) {
  const { url, env } = addressed(connectionString);
  const child = spawn(program, [...args, "--no-password", `--dbname=${url}`], {
    env: env as NodeJS.ProcessEnv,
    stdio: ["pipe", "pipe", "pipe"],
  });
  running.add(child);
  let words = "";
  child.stderr.on("data", (chunk) => {
    words = (words + String(chunk)).slice(-2_000);
  });
  // A program that ends before it has read all breaks the pipe: its own words say why.
  child.stdin.on("error", () => {});
  const ended = new Promise<void>((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "ENOENT"
          ? new ToolError(`${program} is not on this machine: install PostgreSQL's client programs.`)
          : error,
      ),
    );
    child.once("close", (code) =>
      code === 0
        ? resolve()
        : reject(new ToolError(`${program} failed: ${words.trim() || "it was cut off"}`)),
    );
  }).finally(() => running.delete(child));
  return { child, ended };
}

const restoring = ["--no-owner", "--no-privileges", "--exit-on-error"];

/** Copies one database into another, without a file between. @throws ToolError */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const dump = start("pg_dump", ["--format=custom"], from);
  const restore = start("pg_restore", restoring, to);
  dump.child.stdin.end();
  restore.child.stdout.resume();
  // When a program fails, the pipe breaks too; the programs' own words say why.
  const piped = pipeline(dump.child.stdout, restore.child.stdin).catch(() => {});
  const outcomes = await Promise.allSettled([dump.ended, restore.ended, piped]);
  const failures = outcomes.flatMap((outcome) =>
    outcome.status === "rejected" ? [outcome.reason as Error] : [],
  );
  // A program that fails takes the other along: both programs' words tell which came first.
  if (failures.length > 0) throw new ToolError(failures.map(({ message }) => message).join("\n"));
}

/**
 * Restores a dump in the custom, tar or directory format. Not a text dump: psql runs whatever stands in it, on this
 * machine and in any database. @throws ToolError
 */
export async function restoreDump(path: string, to: string): Promise<void> {
  if (await isText(path))
    throw new ToolError(
      "This dump is text, which may order anything, on this machine and in other databases. Make one with --format=custom.",
    );
  const { child, ended } = start("pg_restore", [...restoring, path], to);
  child.stdin.end();
  child.stdout.resume();
  await ended;
}

async function isText(path: string): Promise<boolean> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new ToolError(`The dump cannot be read: ${error.message}`);
  });
  if (found.isDirectory()) return false;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    return !buffer.subarray(0, bytesRead).includes(0);
  } finally {
    await file.close();
  }
}
