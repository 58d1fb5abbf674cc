/**
 * How long Google asks a client to wait, in milliseconds from `nowMs`; null when it does not say.
 * The `Retry-After` header holds seconds or an HTTP date; Gmail's per-user limit says it only in the message:
 * "User-rate limit exceeded.  Retry after 2026-05-11T06:01:05.221Z".
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */
export function retryAfterMs(header: string | null, message: string, nowMs: number): number | null {
  const value = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const instant = Date.parse(value || (/retry after (\S+Z)/i.exec(message)?.[1] ?? ""));
  return Number.isNaN(instant) ? null : Math.max(0, instant - nowMs);
}
