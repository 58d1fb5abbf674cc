/** Answers to what Node cannot make a request of: there is no response object, so the whole text is written here. */
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { RefusalStatus } from "../../i18n/refusal-words.ts";
import { missingHeaders } from "./answer-head.ts";
import { refusalContent } from "./refusal.ts";

/** @see https://nodejs.org/api/http.html#event-clienterror */
const statuses: Readonly<Record<string, RefusalStatus>> = {
  HPE_INVALID_METHOD: 405,
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers what is not HTTP, has an unknown method or too long a head, or comes too slowly. */
export function answerMalformed(error: ClientError, socket: Duplex, secure: boolean): void {
  if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
  else end(socket, statusOf(error), secure);
}

interface ClientError extends NodeJS.ErrnoException {
  readonly rawPacket?: Buffer;
}

function statusOf({ code = "", rawPacket }: ClientError): RefusalStatus {
  // Node calls whatever does not begin with a method it knows an unknown method.
  const isRequest = /^[\w!#$%&'*+.^`|~-]+ \S+ HTTP\//.test(rawPacket?.toString("latin1", 0, 200) ?? "");
  return code === "HPE_INVALID_METHOD" && !isRequest ? 400 : (statuses[code] ?? 400);
}

/** Refuses CONNECT: this is no proxy. */
export const refuseTunnel = (socket: Duplex, secure: boolean): void => end(socket, 405, secure);

function end(socket: Duplex, status: RefusalStatus, secure: boolean): void {
  const { headers, body } = refusalContent(status, { accept: "text/html" });
  const all = new Map([...Object.entries(headers), ["connection", "close"]]);
  for (const [name, value] of missingHeaders(status, (name) => all.get(name), secure)) all.set(name, value);
  const head = [...all].map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.on("error", () => {}); // Whoever sent this may be gone already; there is nobody to tell.
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n${body}`, () => socket.destroy());
}
