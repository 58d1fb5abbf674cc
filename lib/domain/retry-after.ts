/** Nobody is made to wait longer than this for the word of one answer. */
const longestMs = 3_600_000;

/**
 * How long Google asks a client to wait, in milliseconds, an hour at most; null when it does not say. The `Retry-After`
 * header holds seconds or an HTTP date, which is held against the answer's own `Date`; Gmail's per-user limit says it only
 * in the message: "User-rate limit exceeded.  Retry after 2026-05-11T06:01:05.221Z".
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */
export function retryAfterMs(headers: Headers, message: string, nowMs: number): number | null {
  const value = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, longestMs);
  const said = value || (/retry after (\S+Z)/i.exec(message)?.[1] ?? "");
  const instant = Date.parse(said);
  if (Number.isNaN(instant)) return null;
  const answeredAt = value ? Date.parse(headers.get("date") ?? "") : Number.NaN;
  const sinceMs = Number.isNaN(answeredAt) ? nowMs : answeredAt;
  return Math.min(Math.max(0, instant - sinceMs), longestMs);
}
