/**
 * Whether the browser fetches an address ahead, before anybody has asked to go there.
 * @see https://wicg.github.io/nav-speculation/prefetch.html#sec-purpose-header
 */
export function isPrefetch(headers: Headers): boolean {
  const purposes = ["sec-purpose", "purpose", "x-purpose", "x-moz"].map((name) => headers.get(name) ?? "");
  return purposes.some((purpose) => /\b(prefetch|prerender|preview)\b/i.test(purpose));
}
