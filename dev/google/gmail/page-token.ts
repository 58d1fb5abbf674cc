import { createHash } from "node:crypto";
import type { Google } from "../google.ts";
import { invalidArgument } from "./errors.ts";

interface Position {
  /** Internal date and number of the last message given out. */
  dateMs: number;
  index: number;
}

const lifetimeMs = 24 * 3600 * 1000;

/** An opaque token that continues a list after `position`; good for this very list and one day. */
export function pageToken(google: Google, list: string, position: Position): string {
  const at = google.clock.now();
  return Buffer.from(
    JSON.stringify([google.pageTokens.generation, digest(list), at, position.dateMs, position.index]),
  ).toString("base64url");
}

/** Where a list goes on; 400 for a token that expired, is damaged or belongs to another list. */
export function positionOf(google: Google, list: string, token: string | null): Position | null {
  if (token === null || token === "") return null;
  const parts = parsed(token);
  const [tokenGeneration, key, at, dateMs, index] = parts;
  const fresh =
    tokenGeneration === google.pageTokens.generation && Number(at) > google.clock.now() - lifetimeMs;
  if (!fresh || key !== digest(list) || !Number.isSafeInteger(index))
    throw invalidArgument("Invalid pageToken");
  return { dateMs: Number(dateMs), index: Number(index) };
}

function parsed(token: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, "base64url").toString("utf8"));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function digest(list: string): string {
  return createHash("sha256").update(list).digest("base64url").slice(0, 12);
}
