/**
 * Most calls in one batch. Google allows 100, but runs them side by side and refuses some of them with 429 when
 * one user has too many at a time: 25 at once, batch after batch, is what a mailbox bears.
 */
export const batchSize = 25;

const boundary = "latchkey_batch";

export const batchContentType = `multipart/mixed; boundary=${boundary}`;

/**
 * The body of a batch of GETs, each named by its place: the answer may come in any order.
 * Paths are encoded, so none can hold a line break or the boundary's dashes at the start of a line.
 * @see https://developers.google.com/workspace/gmail/api/guides/batch#format-of-a-batch-request
 */
export function batchBody(paths: readonly string[]): string {
  const parts = paths.map((path, index) =>
    [
      `--${boundary}`,
      "Content-Type: application/http",
      `Content-ID: <item-${index}>`,
      "",
      `GET ${path}`,
      "",
      "",
    ].join("\r\n"),
  );
  return `${parts.join("")}--${boundary}--\r\n`;
}

/**
 * The path of one call of a batch. `query` goes out as it is written here: its commas and brackets need no escaping, and
 * unescaped a batch of 25 fits into the first flight of a fresh connection.
 */
export function batchPath(resource: "messages" | "labels", id: string, query: string): string {
  return `/gmail/v1/users/me/${resource}/${encodeURIComponent(id)}?${query}&prettyPrint=false`;
}

/** One answer out of a batch; `body` is text, JSON if all went well. */
export interface BatchPart {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * Takes a batch's answer apart: its parts by the place of the call they answer, in whatever order they came.
 * What cannot be read, has no known Content-ID or was cut off is left out, for the caller to miss.
 * @param contentType the answer's Content-Type, which names the boundary
 * @see https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1
 */
export function parseBatchAnswer(contentType: string, text: string): Map<number, BatchPart> {
  const parts = new Map<number, BatchPart>();
  const boundary = boundaryOf(contentType);
  if (boundary === null) return parts;
  for (const chunk of chunksBetween(boundary, text)) {
    const outer = splitHead(chunk);
    const index = indexOf(outer.headers.get("content-id"));
    const inner = /^\s*HTTP\/[\d.]+ (\d{3})[^\n]*(?:\n|$)/.exec(outer.body);
    if (index === null || inner === null || parts.has(index)) continue;
    const { headers, body } = splitHead(outer.body.slice(inner[0].length));
    parts.set(index, { status: Number(inner[1]), headers, body });
  }
  return parts;
}

function boundaryOf(contentType: string): string | null {
  const match = /^\s*multipart\/[^;]+;(?:.*;)?\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.)+)"|([^\s;"]+))/is.exec(
    contentType,
  );
  return match?.[1]?.replace(/\\(.)/g, "$1") ?? match?.[2] ?? null;
}

/**
 * What stands between two delimiter lines. A part counts only when another delimiter follows it: the last one of
 * an answer that was cut off may look whole. Line ends become `\n`, which is the same to headers and to JSON.
 */
function chunksBetween(boundary: string, text: string): string[] {
  const chunks: string[] = [];
  let lines: string[] | null = null;
  for (const line of text.split(/\r?\n/)) {
    const delimiter = line.replace(/[ \t]+$/, "");
    const closing = delimiter === `--${boundary}--`;
    if (closing || delimiter === `--${boundary}`) {
      if (lines) chunks.push(lines.join("\n"));
      lines = [];
      if (closing) break;
    } else {
      lines?.push(line);
    }
  }
  return chunks;
}

/** Header lines up to the first empty one, and what follows; a text without an empty line is all head. */
function splitHead(text: string): { headers: Headers; body: string } {
  const end = text.startsWith("\n") ? 0 : text.indexOf("\n\n");
  const head = end < 0 ? text : text.slice(0, end);
  const headers = new Headers();
  for (const line of head.replace(/\n[ \t]+/g, " ").split("\n")) {
    const field = /^([\w-]+)[ \t]*:[ \t]*([\x20-\x7e\t]*)$/.exec(line);
    if (field) headers.append(field[1] ?? "", field[2] ?? "");
  }
  return { headers, body: end < 0 ? "" : text.slice(head === "" ? 1 : end + 2) };
}

/** `<response-item-7>`, with or without its brackets and prefix. */
function indexOf(contentId: string | null): number | null {
  const match = /^<?(?:response-)?item-(\d{1,4})>?$/i.exec(contentId?.trim() ?? "");
  return match ? Number(match[1]) : null;
}
