import type { ClientRefusalWord } from "./oauth/client-refusals.ts";
import type { DeathCause } from "./oauth/grants.ts";

/** What a call is aimed at. `gmail` covers batches too; `batch` only them; `all` is everything but the control pages. */
export type FaultTarget =
  | "all"
  | "authorization"
  | "discovery"
  | "token"
  | "revoke"
  | "userinfo"
  | "gmail"
  | "batch";

export type FaultKind =
  /** Answer `status` (default 503). */
  | { kind: "5xx"; status?: number; retryAfterSeconds?: number }
  /** Gmail's error of any status, reason and words: 400 `failedPrecondition` "Mail service not enabled", … */
  | { kind: "error"; status: number; reason: string; message?: string; retryAfter?: string }
  /** Answer this JSON in place of the true one, with `status` (default 200): `{}` where a list belongs, … */
  | { kind: "odd"; body: unknown; status?: number }
  /** Hang until the client leaves. */
  | { kind: "timeout" }
  /** Destroy the socket without an answer. */
  | { kind: "reset" }
  | { kind: "429"; retryAfterSeconds?: number }
  /** Gmail's 403 with this reason: accessNotConfigured, domainPolicy, dailyLimitExceeded, rateLimitExceeded, … */
  | { kind: "403"; reason: string; retryAfterSeconds?: number }
  /** Gmail's 401 although the token is good. */
  | { kind: "401" }
  /** Promise the whole body, send half of it, close. */
  | { kind: "truncated" }
  /** Status 200 with a body that is not JSON. */
  | { kind: "malformed" }
  /** In a batch, this many parts (default all) answer 429. */
  | { kind: "batch-parts-429"; parts?: number; retryAfterSeconds?: number }
  /** End the multipart body in the middle of a part, with an honest Content-Length. */
  | { kind: "batch-truncated" }
  /** The whole batch is one 401. */
  | { kind: "batch-401" }
  /** The token endpoint says it is the client that is wrong, or that it is unavailable. */
  | { kind: "refuse-token-endpoint"; as?: ClientRefusalWord | "503" }
  /** Answer a refresh with `invalid_grant` of this cause, without killing the grant itself. */
  | { kind: "invalid-grant"; cause: DeathCause }
  /** Delay the answer. */
  | { kind: "slow"; latencyMs: number };

export type FaultOrder = FaultKind & {
  target?: FaultTarget;
  /** Only this person's calls; absent: everyone's. */
  email?: string;
  /** Only this Gmail method, e.g. `history.list`. */
  method?: string;
  /** How many calls it strikes; absent: until cleared. */
  count?: number;
};

export type Fault = FaultOrder & { id: number };

export interface FaultScene {
  target: FaultTarget;
  email: string | null;
  method: string | null;
}

/** The faults in force. A call takes at most one "slow" and one other fault. */
export class Faults {
  #faults: Fault[] = [];
  #nextId = 1;

  order(order: FaultOrder): Fault {
    const fault: Fault = { ...order, id: this.#nextId };
    this.#nextId += 1;
    this.#faults.push(fault);
    return fault;
  }

  all(): Fault[] {
    return this.#faults;
  }

  clear(email?: string): void {
    this.#faults = email === undefined ? [] : this.#faults.filter((fault) => fault.email !== email);
  }

  /** The faults that strike this call, counted down. */
  strike(scene: FaultScene): { slow: Extract<Fault, { kind: "slow" }> | null; fault: Fault | null } {
    const striking = this.#faults.filter((fault) => strikes(fault, scene));
    const slow = striking.find((fault) => fault.kind === "slow") ?? null;
    const fault = striking.find((one) => one.kind !== "slow") ?? null;
    for (const spent of [slow, fault]) if (spent?.count !== undefined) spent.count -= 1;
    this.#faults = this.#faults.filter((one) => one.count === undefined || one.count > 0);
    return { slow, fault };
  }
}

function strikes(fault: Fault, scene: FaultScene): boolean {
  if (fault.email !== undefined && fault.email !== scene.email) return false;
  if (fault.method !== undefined && fault.method !== scene.method) return false;
  if (fault.kind.startsWith("batch-") && scene.target !== "batch") return false;
  if (
    (fault.kind === "refuse-token-endpoint" || fault.kind === "invalid-grant") &&
    scene.target !== "token"
  ) {
    return false;
  }
  if (fault.kind === "403" || fault.kind === "401") {
    if (scene.target !== "gmail" && scene.target !== "batch") return false;
  }
  const target = fault.target ?? "all";
  return target === "all" || target === scene.target || (target === "gmail" && scene.target === "batch");
}
