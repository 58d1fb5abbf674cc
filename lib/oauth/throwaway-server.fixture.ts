import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { onTestFinished } from "vitest";

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly form: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
}

/** An issuer for one test: a discovery document, after so long, and endpoints that answer as the test says. */
export async function issuerWith(
  answer: (seen: Seen, response: ServerResponse, count: number) => void,
  discoveryAfterMs = 0,
): Promise<{ issuer: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  let discoveries = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const call = {
      method: request.method ?? "",
      path: request.url ?? "",
      form: new URLSearchParams(Buffer.concat(chunks).toString()),
      headers: request.headers,
    };
    seen.push(call);
    if (call.path === "/.well-known/openid-configuration" && discoveries === 0) {
      discoveries += 1;
      await setTimeout(discoveryAfterMs);
      sendJson(response, 200, {
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        revocation_endpoint: `${issuer}/revoke`,
        jwks_uri: `${issuer}/keys`,
      });
      return;
    }
    answer(call, response, seen.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return { issuer, seen };
}

export function sendJson(response: ServerResponse, status: number, json: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(json));
}
