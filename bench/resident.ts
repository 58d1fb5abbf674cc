/** How much memory a running Latchkey has, sampled while something goes on. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { RunningLatchkey } from "#dev/latchkey.ts";

const sampledEveryMs = 500;

/** Bytes. `npm start`'s program becomes the server, or starts it where a program cannot become another. */
async function residentBytes({ process: { pid } }: RunningLatchkey): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,rss="]);
  const sizes = stdout
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([own, parent]) => own === pid || parent === pid)
    .map(([, , kilobytes = 0]) => kilobytes * 1_024);
  if (sizes.length === 0) throw new Error("The server is not there.");
  return Math.max(...sizes);
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
  end.catch(() => {}); // Awaited below; until then a sample that fails is what is told.
  while (!over.yet) {
    samples.push(await residentBytes(latchkey));
    await Promise.race([end, new Promise((resolve) => setTimeout(resolve, sampledEveryMs))]);
  }
  await end;
  return samples;
}
