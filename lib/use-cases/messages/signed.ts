import "server-only";
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { env } from "../../env.ts";

/** What a signature is for: one for a picture opens nothing else. */
type Purpose = "image" | "show-images";

/** Derived, so that nothing that NextAuth signs or encrypts is ever one of these. @see https://www.rfc-editor.org/rfc/rfc5869 */
function key(): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", env().NEXTAUTH_SECRET, "", "latchkey signed addresses", 32));
}

const macOf = (purpose: Purpose, expiresMs: number, parts: readonly string[]): Buffer =>
  createHmac("sha256", key())
    .update(JSON.stringify([purpose, expiresMs, ...parts]))
    .digest()
    .subarray(0, 16);

/** `<end>.<signature>`: these parts, for this, until then (milliseconds since the epoch). Fit for an address. */
export const sign = (purpose: Purpose, expiresMs: number, parts: readonly string[]): string =>
  `${expiresMs.toString(36)}.${macOf(purpose, expiresMs, parts).toString("base64url")}`;

/** Whether it was signed here for just this, and its time is not over. */
export function isSigned(signed: string, purpose: Purpose, parts: readonly string[], nowMs: number): boolean {
  const [, end = "", mac = ""] = /^([\da-z]{1,10})\.([\w-]{22})$/u.exec(signed) ?? [];
  const expiresMs = Number.parseInt(end, 36);
  if (!(expiresMs > nowMs)) return false;
  const [given, right] = [Buffer.from(mac, "base64url"), macOf(purpose, expiresMs, parts)];
  return given.length === right.length && timingSafeEqual(given, right);
}
