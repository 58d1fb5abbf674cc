export interface BatchPart {
  contentId: string | null;
  method: string;
  path: string;
  query: URLSearchParams;
  /** A part may bring its own token. */
  authorization: string | undefined;
  body: Buffer;
}

/** Take a `multipart/mixed` batch apart, strictly; a string says what is wrong with it. */
export function parseBatch(contentType: string | undefined, body: Buffer): BatchPart[] | string {
  const match = /^multipart\/mixed\s*;.*\bboundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType ?? "");
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) return "Failed to parse batch request, error: missing multipart boundary.";
  const text = `\r\n${body.toString("latin1").replace(/\r?\n/g, "\r\n")}`;
  const sections = text.split(`\r\n--${boundary}`);
  const ending = sections.pop() ?? "";
  if (sections.length < 2 || !ending.startsWith("--"))
    return "Failed to parse batch request, error: no closing boundary.";
  const parts: BatchPart[] = [];
  for (const section of sections.slice(1)) {
    const part = parsePart(section);
    if (typeof part === "string") return `Failed to parse batch request, error: ${part}`;
    parts.push(part);
  }
  return parts;
}

function parsePart(section: string): BatchPart | string {
  const [outer, request] = headAndRest(section.replace(/^[ \t]*\r\n/, ""));
  const outerHeaders = headersOf(outer);
  if (!/^application\/http\b/i.test(outerHeaders.get("content-type") ?? ""))
    return "a part is not application/http.";
  const [head, body] = headAndRest(request);
  const [line = "", ...rest] = head.split("\r\n");
  const match = /^([A-Z]+) (\S+)(?: HTTP\/\d(?:\.\d)?)?$/.exec(line.trim());
  if (!match) return `cannot read the request line "${line.slice(0, 80)}".`;
  const url = new URL(match[2] ?? "/", "http://local");
  if (!url.pathname.startsWith("/gmail/v1/")) return `${url.pathname} is not a Gmail call.`;
  const headers = headersOf(rest.join("\r\n"));
  return {
    contentId: outerHeaders.get("content-id") ?? null,
    method: match[1] ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    authorization: headers.get("authorization"),
    body: Buffer.from(body, "latin1"),
  };
}

function headAndRest(text: string): [string, string] {
  const end = text.indexOf("\r\n\r\n");
  return end < 0 ? [text.replace(/\r\n$/, ""), ""] : [text.slice(0, end), text.slice(end + 4)];
}

function headersOf(block: string): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of block.split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}
