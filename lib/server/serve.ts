/** The serving process, as `npm start` begins it: Next behind our own front door. */
import { Server } from "node:http";
import { parseArgs } from "node:util";
import next from "next";
import { trustedProxies } from "../environment/trusted-proxies.ts";
import { settleAll } from "../telemetry/repeated.ts";
import { endWell, whenToldToEnd } from "./end-well.ts";
import { frontDoor } from "./front/front-door.ts";
import { frontLog, writeInOneLine } from "./front/one-line-log.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "3000" },
    host: { type: "string", default: "localhost" },
    /** NEXTAUTH_URL, where people reach this server. */
    url: { type: "string", default: "" },
    "trusted-proxies": { type: "string", default: "" },
    "log-level": { type: "string", default: "info" },
    "drain-ms": { type: "string", default: "0" },
  },
});
writeInOneLine(values["log-level"]);
process.on("exit", settleAll);
const port = Number(values.port);
// Next would listen for upgrades on the server that serves; on one that never listens nobody asks for any.
const app = next({ dev: false, port, hostname: values.host, httpServer: new Server() });
const ready = app.prepare().then(() => app.getRequestHandler());
ready.catch((error: unknown) => {
  frontLog.error("server.failed", error);
  process.exit(1);
});
const server = frontDoor({
  own: new URL(values.url),
  isTrusted: trustedProxies(values["trusted-proxies"]),
  serve: async (request, response) => (await ready)(request, response),
});
server.on("error", (error: NodeJS.ErrnoException) => {
  const where = `port ${port} on ${values.host}`;
  frontLog.error(
    "server.failed",
    error.code === "EADDRINUSE"
      ? `Something listens on ${where} already: stop it, or set PORT to another one.`
      : `Latchkey cannot listen on ${where}: ${error.message}.`,
  );
  process.exit(1);
});
server.listen({ port, host: values.host }, () => {
  frontLog.info("server.started", `Latchkey listens on ${values.host}, port ${port}: ${values.url}`);
});
whenToldToEnd(
  () => void endWell({ server, drainMs: Number(values["drain-ms"]), exit: () => process.exit(0) }),
);
