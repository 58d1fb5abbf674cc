import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname } from "node:path";

export interface Ended {
  readonly code: number | null;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

/**
 * Runs one of the project's commands as npm does, as a process of its own, with this environment and nothing else: in a
 * directory without a `.env`, so that what a developer keeps in theirs does not fill the gaps.
 */
export async function runCommand(
  file: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<Ended> {
  const child = spawn(process.execPath, ["--conditions=react-server", file, ...args], {
    cwd: dirname(file),
    // Next's types want NODE_ENV; an empty environment may be what a test is about.
    env: env as NodeJS.ProcessEnv,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      output += String(chunk);
    });
  const [code] = await once(child, "close");
  return { code, output };
}
