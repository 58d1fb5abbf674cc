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
