import { setTimeout as sleep } from "node:timers/promises";
import { abortable } from "../domain/abortable.ts";
import { decideRetryMs } from "./backoff.ts";
import { GmailError } from "./gmail-error.ts";
import { gmailErrorOf } from "./gmail-error-of.ts";
import type { GmailMethod } from "./quota-units.ts";

/**
 * How the wire gets an access token. Errors of either call belong to the vault and pass through this folder untouched.
 */
export interface GmailAccess {
  token(): Promise<string>;
  /** Called at most once per operation, after a 401: gives another token than `rejectedToken`, or throws. */
  renew(rejectedToken: string): Promise<string>;
}

/** The access of one operation: it remembers its token, and that it has been renewed. */
type WithAccess = <T>(call: (token: string) => Promise<T>) => Promise<T>;

/**
 * The one place where a 401 is handled: renew once, repeat once. A second 401 leaves as `unauthorized`, whatever
 * number of requests the operation makes.
 * @see https://developers.google.com/workspace/gmail/api/guides/handle-errors#resolve_a_401_error_invalid_credentials
 */
function openAccess(access: GmailAccess): WithAccess {
  let token: string | null = null;
  let renewed = false;

  return async function withAccess(call) {
    const used = token ?? (await access.token());
    token = used;
    try {
      return await call(used);
    } catch (error) {
      if (renewed || !(error instanceof GmailError) || error.code !== "unauthorized") throw error;
    }
    renewed = true;
    token = await access.renew(used);
    return await call(token);
  };
}

export interface OperationOptions {
  readonly access: GmailAccess;
  /** Milliseconds for everything together: tokens, requests, waits. */
  readonly deadlineMs: number;
  /** How often one request may be made in all. */
  readonly attempts: number;
  /** 0 ≤ random() < 1, for the jitter. */
  readonly random: () => number;
  readonly signal?: AbortSignal | undefined;
  /** Told of each call: the status of its answer, or why there was none. */
  readonly onAnswer?: ((method: GmailMethod, status: number | string) => void) | undefined;
  /** Told when an answer names a time to wait, in milliseconds. */
  readonly onPause?: ((waitMs: number) => unknown) | undefined;
}

/** What one attempt may use: this token, until this signal fires. */
export interface Attempt {
  readonly token: string;
  readonly signal: AbortSignal;
}

export interface Operation {
  /**
   * Makes a call until it succeeds, fails for good, or time or attempts run out. A single attempt may use half of the
   * deadline, so that a server that hangs leaves time for another; a `download` may use what is left.
   */
  read<T>(
    method: GmailMethod,
    call: (attempt: Attempt) => Promise<T>,
    kind?: "answer" | "download",
  ): Promise<T>;
}

/** A download may take minutes; a pause that is longer than this is for whoever asks again. */
const longestWaitMs = 15_000;

/** One method of the mailbox from start to end: one deadline, one renewal of the token. */
export function startOperation(options: OperationOptions): Operation {
  const endsAt = performance.now() + options.deadlineMs;
  const remainingMs = () => Math.max(0, Math.floor(endsAt - performance.now()));
  const deadline = AbortSignal.timeout(options.deadlineMs);
  const end = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  const withAccess = openAccess({
    token: () => abortable(options.access.token(), end),
    renew: (rejected) => abortable(options.access.renew(rejected), end),
  });

  /** `error`, unless it is only what a fired signal left behind: then the reason why it fired. */
  function nameInterruption(method: GmailMethod, error: unknown, signal: AbortSignal): unknown {
    if (!signal.aborted || error !== signal.reason) return error;
    return options.signal?.aborted
      ? new GmailError("aborted", `Gmail ${method}: no longer wanted`)
      : new GmailError("timeout", `Gmail ${method}: no answer in time`);
  }

  return {
    async read(method, call, kind = "answer") {
      async function attempt(token: string) {
        const patienceMs =
          kind === "download" ? remainingMs() : Math.min(remainingMs(), options.deadlineMs / 2);
        const signal = AbortSignal.any([end, AbortSignal.timeout(Math.ceil(patienceMs))]);
        try {
          const answer = await abortable(call({ token, signal }), signal);
          options.onAnswer?.(method, 200);
          return answer;
        } catch (error) {
          const judged = gmailErrorOf(method, nameInterruption(method, error, signal));
          if (judged instanceof GmailError) options.onAnswer?.(method, judged.status ?? judged.code);
          throw judged;
        }
      }

      for (let attemptsMade = 1; ; attemptsMade += 1) {
        try {
          end.throwIfAborted();
          return await withAccess(attempt);
        } catch (caught) {
          const error = nameInterruption(method, caught, end);
          if (!(error instanceof GmailError)) throw error;
          // Without a status nobody has answered: the wait is one of our own.
          if (error.retryAfterMs && error.status !== null) await options.onPause?.(error.retryAfterMs);
          const { attempts: attemptsAllowed, random } = options;
          const waitMs = decideRetryMs({
            error,
            attemptsMade,
            attemptsAllowed,
            remainingMs: Math.min(remainingMs(), longestWaitMs),
            random,
          });
          if (waitMs === null) throw error;
          // An interrupted sleep is named at the top of the next round.
          await sleep(waitMs, undefined, { signal: end }).catch(() => {});
        }
      }
    },
  };
}
