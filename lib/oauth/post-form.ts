import { retryAfterMs } from "../domain/retry-after.ts";
import { fetchFailure } from "./oauth-error.ts";

/** A form for one of Google's endpoints, built apart from being sent. */
export interface FormRequest {
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
}

export interface FormAnswer {
  readonly status: number;
  readonly text: string;
  /** How long Google asks to wait. */
  readonly retryAfterMs?: number | null;
}

export interface SendOptions {
  /** Milliseconds for the whole call: discovery, where it is needed, and the form. */
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * `options` with what is left of their deadline after `startedMs` (a time of `performance.now()`), at least 1 ms: one
 * deadline for all requests of a call.
 */
export const since = (startedMs: number, options: SendOptions): SendOptions => ({
  ...options,
  deadlineMs: Math.max(1, Math.ceil(options.deadlineMs - (performance.now() - startedMs))),
});

/**
 * Sends a form and reads the answer, whatever its status.
 * @throws OAuthError unavailable, timeout, aborted
 */
export async function postForm(
  request: FormRequest,
  what: string,
  options: SendOptions,
): Promise<FormAnswer> {
  const deadline = AbortSignal.timeout(options.deadlineMs);
  try {
    const response = await fetch(request.url, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(request.form).toString(),
      // Google's endpoints do not redirect; whoever does is not to be sent a token.
      redirect: "error",
      cache: "no-store",
      signal: options.signal ? AbortSignal.any([deadline, options.signal]) : deadline,
    });
    const text = await response.text();
    return { status: response.status, text, retryAfterMs: retryAfterMs(response.headers, "", Date.now()) };
  } catch (error) {
    throw fetchFailure(error, what);
  }
}
