import { parseArgs } from "node:util";
import { startGoogle } from "./server.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4010" },
    messages: { type: "string" },
    state: { type: "string" },
    latency: { type: "string", default: "0" },
    "no-quota": { type: "boolean", default: false },
  },
});

const google = await startGoogle({
  port: Number(values.port),
  now: new Date(),
  ...(values.messages === undefined ? {} : { messages: Number(values.messages) }),
  ...(values.state === undefined ? {} : { stateFile: values.state }),
  latencyMs: Number(values.latency),
  quota: !values["no-quota"],
});
console.log(`Local Google is at ${google.url}`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void google.close().then(() => process.exit(0)));
}
