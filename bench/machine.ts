import { readFile } from "node:fs/promises";
import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from "node:os";
import { database } from "#lib/db/client.ts";

/** What the numbers were measured on, without saying whose machine it is. */
export async function machine(): Promise<string> {
  const rows = await database().$queryRaw<{ server_version: string }[]>`SHOW server_version`;
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return [
    `${platform()} ${arch()}, ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? "unknown"}), ${gigabytes} GB, load ${(loadavg()[0] ?? 0).toFixed(1)} at the start`,
    `Node ${process.versions.node}, PostgreSQL ${rows[0]?.server_version}, Next ${await nextVersion()}`,
  ].join("\n");
}

async function nextVersion(): Promise<string> {
  const text = await readFile(new URL(import.meta.resolve("next/package.json")), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
