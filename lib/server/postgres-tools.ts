/** PostgreSQL's own programs for dumps. No password is among their arguments, which everybody on a machine may read. */
import { spawn } from "node:child_process";
import { open, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";

/** One that failed, with its words, or that is not there. */
export class ToolError extends Error {}

/** What libpq takes of an address; node-postgres and poolers know more. @see https://www.postgresql.org/docs/current/libpq-connect.html */
const ofLibpq = new Set(["host", "options", "sslcert", "sslkey", "sslmode", "sslrootcert"]);

function addressed(connectionString: string) {
  const url = new URL(connectionString);
  const password = decodeURIComponent(url.password);
  url.password = "";
  for (const name of [...url.searchParams.keys()]) if (!ofLibpq.has(name)) url.searchParams.delete(name);
  return { url: url.href, env: { ...process.env, ...(password ? { PGPASSWORD: password } : {}) } };
}

function start(program: string, args: readonly string[], connectionString: string) {
  const { url, env } = addressed(connectionString);
  const child = spawn(program, [...args, `--dbname=${url}`], { env, stdio: ["pipe", "pipe", "pipe"] });
  let words = "";
  child.stderr.on("data", (chunk) => {
    words = (words + String(chunk)).slice(-2_000);
  });
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
  });
  return { child, ended };
}

const restoring = ["--no-owner", "--no-privileges", "--exit-on-error"];

/** Reads one database into another, without a file between. @throws ToolError */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const dump = start("pg_dump", ["--format=custom"], from);
  const restore = start("pg_restore", restoring, to);
  dump.child.stdin.end();
  restore.child.stdout.resume();
  // Where one breaks off the pipe does too; the programs' own words say why.
  const piped = pipeline(dump.child.stdout, restore.child.stdin).catch(() => {});
  const outcomes = await Promise.allSettled([dump.ended, restore.ended, piped]);
  const failures = outcomes.flatMap((outcome) =>
    outcome.status === "rejected" ? [outcome.reason as Error] : [],
  );
  // One that fails takes the other along: which came first their words tell.
  if (failures.length > 0) throw new ToolError(failures.map(({ message }) => message).join("\n"));
}

/** Restores a dump: custom, tar or directory by pg_restore, text by psql. @throws ToolError */
export async function restoreDump(path: string, to: string): Promise<void> {
  const { child, ended } = (await isText(path))
    ? start("psql", ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", `--file=${path}`], to)
    : start("pg_restore", [...restoring, path], to);
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
    const head = buffer.subarray(0, bytesRead);
    return !head.includes(0);
  } finally {
    await file.close();
  }
}
