import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "../env.ts";
import { visits } from "./visit.ts";

/**
 * Where METRICS_TOKEN is set, whoever brings it, and nobody else. Otherwise this machine itself: not what a proxy on it hands on.
 */
export function mayReadMetrics(headers: Headers): boolean {
  const { METRICS_TOKEN: token } = env();
  if (token === undefined) return visits().getStore()?.isLocal === true;
  return timingSafeEqual(digest(headers.get("authorization") ?? ""), digest(`Bearer ${token}`));
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
