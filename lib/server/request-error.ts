import "server-only";
import type { Instrumentation } from "next";
import { log } from "../telemetry/log.ts";
import { plainStack } from "../telemetry/plain-words.ts";

type Told = Parameters<Instrumentation.onRequestError>;

/** What failed, in which route: never what was searched for, and nothing of the request's headers. */
export function tellRequestError(
  error: unknown,
  { method }: Told[1],
  { routePath, routeType }: Told[2],
): void {
  const digest = error instanceof Error && "digest" in error ? { digest: error.digest } : {};
  log.error(
    {
      event: "request.failed",
      method,
      route: routePath,
      during: routeType,
      error,
      ...digest,
      ...stackOf(error),
    },
    "a request failed",
  );
}

/** In one line; a text of facts is cut earlier. */
const stackOf = (error: unknown) =>
  error instanceof Error && error.stack ? { at: plainStack(error).split(/ +at /).slice(1, 6) } : {};
