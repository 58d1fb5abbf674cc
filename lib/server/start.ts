/** `npm start`: says everything that is missing at once, or serves. */
import { existsSync } from "node:fs";
import inspector from "node:inspector";
import { fileURLToPath } from "node:url";
import { debuglog } from "node:util";
import pino from "pino";
import { EnvironmentError, parseEnv } from "../env.ts";
import { openLog } from "../telemetry/log.ts";
import { become } from "./become.ts";
import { listeningAddress } from "./listening-address.ts";
import { loadEnvFile } from "./load-env-file.ts";
import { quietEnvironment } from "./loud-variables.ts";
import { smallProcess } from "./small-process.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Written synchronously: after another program has taken this one's place nobody writes what is left. */
const log = openLog(pino.destination({ dest: 1, sync: true }));

function start(): void {
  loadEnvFile();
  const environment = parseEnv(process.env);
  // NODE_DEBUG cannot be dropped: Node has read it, and prints the environment of every process that it starts.
  if (debuglog("child_process").enabled) {
    throw new Error("NODE_DEBUG has Node print every secret of the environment: start without it.");
  }
  if (!existsSync(`${root}/.next/BUILD_ID`)) {
    throw new Error(
      "There is no build yet: `npm run build` makes it (`npm run setup` does that and all before it).",
    );
  }
  // Whoever connects to a debugger can read the environment, which this process holds too.
  inspector.close();
  const { variables, dropped } = quietEnvironment(process.env);
  if (dropped.length > 0)
    log.warn(
      { event: "variables.dropped", dropped },
      "not passed on: with these, secrets would be printed, or read on their way",
    );
  const { PORT, NEXTAUTH_URL, TRUSTED_PROXIES, DRAIN_MS, LOG_LEVEL } = environment;
  process.chdir(root);
  become(
    process.execPath,
    [
      // openid-client, inside NextAuth, parses addresses the old way; the warning is not for operators.
      "--disable-warning=DEP0169",
      // On SIGUSR1 Node would open a debugger's port.
      "--disable-sigusr1",
      ...smallProcess.flags,
      `${root}/lib/server/serve.ts`,
      ...["--port", String(PORT), "--host", listeningAddress(environment), "--drain-ms", String(DRAIN_MS)],
      ...["--url", NEXTAUTH_URL, "--trusted-proxies", TRUSTED_PROXIES, "--log-level", LOG_LEVEL],
    ],
    {
      ...smallProcess.env,
      ...setIn(process.env),
      ...variables,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
    },
  );
}

const setIn = (variables: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

try {
  start();
} catch (error) {
  console.error(error instanceof EnvironmentError || error instanceof Error ? error.message : error);
  process.exit(1);
}
