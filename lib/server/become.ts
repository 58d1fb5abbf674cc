import { spawn } from "node:child_process";

/**
 * This process becomes another program, under the same id: whoever started it, signals it or waits for it deals with that
 * program and nobody in between. Windows knows no such thing; there it is a child, and ends with this process.
 * @see https://nodejs.org/api/process.html#processexecvefile-args-env
 */
export function become(program: string, args: readonly string[], env: NodeJS.ProcessEnv): void {
  if (process.platform !== "win32" && process.execve) {
    process.execve(program, [program, ...args], env);
  }
  const child = spawn(program, args, { stdio: "inherit", env });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  child.on("exit", (code) => process.exit(code ?? 1));
}
