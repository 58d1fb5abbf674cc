import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { parseCookie } from "cookie";

/** One request, read to its end. */
export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const largestBodyBytes = 64 * 1024 * 1024;

export async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > largestBodyBytes) throw new Error("request body too large");
    chunks.push(chunk as Buffer);
  }
  const url = new URL(request.url ?? "/", "http://local");
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks),
  };
}

/** The body of an HTML form. */
export function formOf(call: Call): URLSearchParams {
  return new URLSearchParams(call.body.toString("utf8"));
}

/** The bearer token of an `Authorization` header, or null. */
export function bearerOf(authorization: string | undefined): string | null {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? "")?.[1] ?? null;
}

export function cookieOf(call: Call, name: string): string | null {
  return parseCookie(call.headers.cookie ?? "")[name] ?? null;
}
