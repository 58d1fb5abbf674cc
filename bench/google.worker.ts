/**
 * The local Google in a process of its own, so that its work is not counted as ours. Keeps a log of every request
 * and hands it over when asked.
 */
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { startGoogle } from "#dev/google/server.ts";
import type { WireCall } from "./wire-log.ts";

/** On the wall clock, so that it can be compared with other processes' times. */
const nowMs = (): number => performance.timeOrigin + performance.now();

let calls: WireCall[] = [];
const startedMs = new WeakMap<IncomingMessage, number>();

subscribe("http.server.request.start", (message) => {
  startedMs.set((message as { request: IncomingMessage }).request, nowMs());
});
subscribe("http.server.response.finish", (message) => {
  const { request } = message as { request: IncomingMessage; response: ServerResponse };
  const path = (request.url ?? "").split("?")[0] ?? "";
  if (path.startsWith("/control/")) return;
  calls.push({
    name: `${request.method} ${path}`,
    startMs: startedMs.get(request) ?? Number.NaN,
    endMs: nowMs(),
    connection: request.socket.remotePort ?? 0,
  });
});

const google = await startGoogle({ quiet: true });
process.on("message", () => {
  process.send?.(calls);
  calls = [];
});
process.once("disconnect", () => void google.close().then(() => process.exit(0)));
process.send?.(google.url);
