import { setTimeout as wait } from "node:timers/promises";
import type { Fault, FaultTarget } from "./faults.ts";
import { personOfToken } from "./gmail/api.ts";
import {
  ApiError,
  backendError,
  forbidden,
  invalidCredentials,
  NeverAnswered,
  tooConcurrent,
  tooManyRequests,
} from "./gmail/errors.ts";
import type { Google } from "./google.ts";
import { type Answer, json } from "./http/answer.ts";
import type { Call } from "./http/call.ts";
import type { Damage } from "./http/deliver.ts";
import { refusedClient } from "./oauth/client-authentication.ts";
import { deadGrant, oauthError } from "./oauth/token-endpoint.ts";
import type { Random } from "./random.ts";
import { type Routed, route } from "./router.ts";

/** An answer to write, or what happens to the connection instead. */
export type Outcome =
  | { kind: "answer"; answer: Answer; damage: Damage }
  | { kind: "hang" }
  | { kind: "reset" };

/** Run a call's route, with the faults in force before and after it. */
export async function respond(google: Google, call: Call, random: Random): Promise<Outcome> {
  const routed = route(google, call, random);
  const { target, email, method } = routed;
  if (target === null) return sound(await routed.run({ refuseParts: 0 }));
  const { slow, fault } = google.faults.strike({ target, email, method });
  const slot = target === "gmail" ? slotOf(google, call) : null;
  if (slot === "none left") return sound(tooConcurrent().answer());
  try {
    return await struck(google, routed, { target, email, method, slow, fault });
  } finally {
    if (slot) google.quota.leave(slot.sub);
  }
}

/** A call on its own takes one of the person's concurrency slots, as each part of a batch does. */
function slotOf(google: Google, call: Call): { sub: string } | "none left" | null {
  const sub = personOfToken(google, call.headers.authorization)?.sub;
  if (sub === undefined) return null;
  const underWay = google.quota.enter(sub);
  if (underWay === null) return "none left";
  google.counters.concurrent(underWay);
  return { sub };
}

interface Struck {
  target: FaultTarget;
  email: string | null;
  method: string | null;
  slow: Extract<Fault, { kind: "slow" }> | null;
  fault: Fault | null;
}

async function struck(google: Google, routed: Routed, of: Struck): Promise<Outcome> {
  const { target, email, method, slow, fault } = of;
  const latencyMs = (google.options.latencyMs ?? 0) + (slow?.latencyMs ?? 0);
  if (latencyMs > 0) await wait(latencyMs);
  const early = fault ? insteadOf(routed, fault) : null;
  if (early) {
    const name = routed.name ?? method ?? target;
    google.counters.called(name, email);
    if (early.kind === "answer") google.counters.answered(name, early.answer.status);
    return early;
  }
  const refusing = fault?.kind === "batch-parts-429" ? fault : null;
  const answer = await answerOf(routed, {
    refuseParts: refusing ? (refusing.parts ?? Number.POSITIVE_INFINITY) : 0,
    retryAfterSeconds: refusing?.retryAfterSeconds,
  });
  if (answer === "never") return { kind: "hang" };
  if (routed.name !== null) {
    google.counters.called(routed.name, email);
    google.counters.answered(routed.name, answer.status);
  }
  return damaged(answer, fault);
}

async function answerOf(routed: Routed, options: Parameters<Routed["run"]>[0]): Promise<Answer | "never"> {
  try {
    return await routed.run(options);
  } catch (error) {
    if (error instanceof NeverAnswered) return "never";
    throw error;
  }
}

function sound(answer: Answer): Outcome {
  return { kind: "answer", answer, damage: "none" };
}

/** What a fault answers in place of the route; null when it lets the route run. */
function insteadOf({ target, method }: Routed, fault: Fault): Outcome | null {
  const isApi = target === "gmail" || target === "batch";
  switch (fault.kind) {
    case "timeout":
      return { kind: "hang" };
    case "reset":
      return { kind: "reset" };
    case "5xx": {
      const status = fault.status ?? 503;
      const answer = isApi
        ? backendError(status).answer()
        : oauthError(status, "server_error", "Try again later.");
      return sound(askedToWait(answer, fault.retryAfterSeconds));
    }
    case "error": {
      const message = fault.message ?? fault.reason;
      const headers: Record<string, string> =
        fault.retryAfter === undefined ? {} : { "Retry-After": fault.retryAfter };
      return sound(new ApiError(fault.status, { reason: fault.reason, message, headers }).answer());
    }
    case "odd":
      return sound(json(fault.status ?? 200, fault.body));
    case "429": {
      const retryAfter = fault.retryAfterSeconds;
      if (isApi) return sound(tooManyRequests(retryAfter).answer());
      return sound(askedToWait(oauthError(429, "rate_limit_exceeded", "Rate Limit Exceeded"), retryAfter));
    }
    case "403":
      return sound(forbidden(fault.reason, fault.retryAfterSeconds).answer());
    case "401":
    case "batch-401":
      return sound(invalidCredentials().answer());
    case "refuse-token-endpoint":
      return sound(
        fault.as === "503"
          ? oauthError(503, "temporarily_unavailable", "The service is currently unavailable.")
          : refusedClient(fault.as ?? "invalid_client"),
      );
    case "invalid-grant":
      return method === "refresh_token" ? sound(deadGrant(fault.cause)) : null;
    default:
      return null;
  }
}

function askedToWait(answer: Answer, seconds: number | undefined): Answer {
  return seconds === undefined
    ? answer
    : { ...answer, headers: { ...answer.headers, "Retry-After": String(seconds) } };
}

function damaged(answer: Answer, fault: Fault | null): Outcome {
  if (fault?.kind === "truncated") return { kind: "answer", answer, damage: "truncated" };
  if (fault?.kind === "malformed")
    return sound({ ...answer, status: 200, body: '{"messages": [ <!doctype html>' });
  if (fault?.kind === "batch-truncated") {
    const body = Buffer.from(answer.body);
    return sound({ ...answer, body: body.subarray(0, Math.floor(body.length * 0.6)) });
  }
  return sound(answer);
}
