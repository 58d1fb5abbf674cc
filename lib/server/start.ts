/** `npm start`: says everything that is missing at once, or serves. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { EnvironmentError, parseEnv } from "../env.ts";
import { loadEnvFile } from "./load-env-file.ts";
import { smallProcess } from "./small-process.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

function start(): void {
  loadEnvFile();
  const { PORT, HOST } = parseEnv(process.env);
  if (!existsSync(`${root}/.next/BUILD_ID`)) {
    throw new Error(
      "There is no build yet: `npm run build` makes it (`npm run setup` does that and all before it).",
    );
  }
  const host = HOST ? ["-H", HOST] : [];
  const next = fileURLToPath(import.meta.resolve("next/dist/bin/next"));
  // openid-client, inside NextAuth, parses addresses the old way; the warning is not for operators.
  const server = spawn(
    process.execPath,
    ["--disable-warning=DEP0169", ...smallProcess.flags, next, "start", "-p", String(PORT), ...host],
    {
      cwd: root,
      stdio: "inherit",
      env: {
        ...smallProcess.env,
        ...process.env,
        NODE_ENV: "production",
        NEXT_TELEMETRY_DISABLED: "1",
        NEXT_MANUAL_SIG_HANDLE: "true",
      },
    },
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => server.kill(signal));
  server.on("exit", (code) => process.exit(code ?? 1));
}

try {
  start();
} catch (error) {
  console.error(error instanceof EnvironmentError || error instanceof Error ? error.message : error);
  process.exit(1);
}
