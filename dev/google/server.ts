import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createGoogle, type Google } from "./google.ts";
import { json } from "./http/answer.ts";
import { readCall } from "./http/call.ts";
import { deliver } from "./http/deliver.ts";
import type { GoogleOptions } from "./options.ts";
import { restoreState, StateFile } from "./persistence.ts";
import { type Random, randomFrom } from "./random.ts";
import { respond } from "./respond.ts";

export interface LocalGoogle {
  /** Origin and issuer, e.g. `http://127.0.0.1:4010`. */
  url: string;
  port: number;
  /** Write the state file and end every connection. */
  close(): Promise<void>;
}

/** Start a Google of one's own on 127.0.0.1: sign-in, tokens, Gmail, and controls to make it misbehave. */
export async function startGoogle(options: GoogleOptions = {}): Promise<LocalGoogle> {
  const google = createGoogle(options);
  if (options.stateFile !== undefined) await restoreState(google, options.stateFile);
  if (google.keys.record().length === 0) await google.keys.rotate();
  const stateFile = options.stateFile === undefined ? null : new StateFile(google, options.stateFile);
  google.changed = () => stateFile?.changed();
  const random = randomFrom(1);
  const server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
    void serve(google, request, response, random);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  google.origin = `http://127.0.0.1:${port}`;
  google.pubsub.issuer = google.origin;
  await stateFile?.flush();
  return {
    url: google.origin,
    port,
    close: async () => {
      google.pubsub.close();
      await stateFile?.flush();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(
  google: Google,
  request: IncomingMessage,
  response: ServerResponse,
  random: Random,
): Promise<void> {
  response.on("error", () => {});
  try {
    const outcome = await respond(google, await readCall(request), random);
    if (outcome.kind === "hang") return;
    if (outcome.kind === "reset") {
      request.socket.resetAndDestroy();
      return;
    }
    google.counters.sent(deliver(request, response, outcome.answer, outcome.damage));
  } catch (error) {
    if (response.headersSent || response.destroyed) return;
    if (google.options.quiet !== true) console.error("local Google:", error);
    deliver(request, response, json(500, { error: "local_google_failed" }), "none");
  }
}
