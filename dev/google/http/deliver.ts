import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import type { Answer } from "./answer.ts";

/** How the writing of an answer is to go wrong. */
export type Damage = "none" | "truncated";

/**
 * Write an answer. Compressed only when the client asks twice, as Google wants it: `Accept-Encoding: gzip` and `gzip`
 * in the User-Agent.
 * @see https://developers.google.com/gmail/api/guides/performance#gzip
 */
export function deliver(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  damage: Damage,
): number {
  let body = Buffer.from(answer.body);
  const headers = { ...answer.headers };
  const asksTwice =
    /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? "")) &&
    /gzip/.test(request.headers["user-agent"] ?? "");
  if (asksTwice && body.length > 0) {
    body = gzipSync(body, { level: 1 });
    headers["Content-Encoding"] = "gzip";
  }
  response.writeHead(answer.status, { ...headers, "Content-Length": String(body.length) });
  if (damage === "none" || body.length < 2) {
    response.end(request.method === "HEAD" ? undefined : body);
    return body.length;
  }
  const half = body.subarray(0, Math.floor(body.length / 2));
  response.write(half, () => response.destroy());
  return half.length;
}
