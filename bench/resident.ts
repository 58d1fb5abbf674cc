/** How much memory a running Latchkey has, sampled while something goes on. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { RunningLatchkey } from "#dev/latchkey.ts";

const sampledEveryMs = 500;

/** `npm start`'s program starts the server that is asked for here. Bytes. */
async function residentBytes({ process: { pid } }: RunningLatchkey): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "ppid=,rss="]);
  const found = stdout.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  const [, kilobytes] = found.find(([parent]) => parent === pid) ?? [];
  if (kilobytes === undefined) throw new Error("The server is not there.");
  return kilobytes * 1_024;
}

/** Samples, in bytes, from now until `meanwhile` has come to its end. */
export async function sampleResident(
  latchkey: RunningLatchkey,
  meanwhile: Promise<unknown>,
): Promise<readonly number[]> {
  const samples: number[] = [];
  const over = { yet: false };
  const end = meanwhile.finally(() => {
    over.yet = true;
  });
  while (!over.yet) {
    samples.push(await residentBytes(latchkey));
    await Promise.race([end, new Promise((resolve) => setTimeout(resolve, sampledEveryMs))]);
  }
  await end;
  return samples;
}
