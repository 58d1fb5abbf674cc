import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { GmailAccess } from "./operation.ts";

/** A request as the throw-away server saw it. */
export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A server for one test that answers as the test says, for accidents the local Google does not have. */
export async function serve(
  answer: (request: SeenRequest, response: ServerResponse, count: number) => void,
): Promise<{ rootUrl: string; requests: SeenRequest[] }> {
  const requests: SeenRequest[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const seen = {
      path: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    };
    requests.push(seen);
    answer(seen, response, requests.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return { rootUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, requests };
}

/** An access whose first token is `token-1`; each renewal counts on. */
export function countingAccess(): GmailAccess & { renewals: string[] } {
  const renewals: string[] = [];
  return {
    renewals,
    token: async () => "token-1",
    renew: async (rejected) => {
      renewals.push(rejected);
      return `token-${renewals.length + 1}`;
    },
  };
}

export function sendJson(response: ServerResponse, status: number, json: unknown, headers = {}): void {
  response.writeHead(status, { "content-type": "application/json; charset=UTF-8", ...headers });
  response.end(JSON.stringify(json));
}

/** An error body as Gmail writes it. */
export function googleError(code: number, reason: string, message = reason): unknown {
  return { error: { code, message, errors: [{ domain: "global", reason, message }], status: "SOME_STATUS" } };
}

export interface PartAnswer {
  readonly contentId: string;
  readonly status: number;
  readonly json: unknown;
}

/** Content-IDs and message ids of the calls in a batch request, in their order. */
export function callsOf(body: string): { contentId: string; id: string }[] {
  const calls = body.matchAll(/Content-ID: <([^>]+)>\r\n\r\nGET \/gmail\/v1\/users\/me\/\w+\/([^?]+)\?/g);
  return [...calls].map(([, contentId = "", id = ""]) => ({ contentId, id }));
}

export function multipart(parts: readonly PartAnswer[], boundary = "batch_answer"): string {
  const written = parts.map(
    (part) =>
      `--${boundary}\r\nContent-Type: application/http\r\nContent-ID: <response-${part.contentId}>\r\n\r\n` +
      `HTTP/1.1 ${part.status} Whatever\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n` +
      `${JSON.stringify(part.json)}\r\n`,
  );
  return `${written.join("")}--${boundary}--\r\n`;
}

export function sendBatchAnswer(response: ServerResponse, text: string): void {
  response.writeHead(200, { "content-type": "multipart/mixed; boundary=batch_answer" });
  response.end(text);
}
