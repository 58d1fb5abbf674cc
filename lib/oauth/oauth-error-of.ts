import { z } from "zod";
import { asClientRefusalWord } from "../domain/client-refusal.ts";
import { plainWords } from "../telemetry/plain-words.ts";
import { OAuthError, type OAuthErrorCode } from "./oauth-error.ts";
import type { FormAnswer } from "./post-form.ts";

// Words from outside, which an error's message and the log will have.
const words = z.string().transform((text) => plainWords(text, 200));

const failureSchema = z.object({
  error: words,
  // The verdict is `error`; what stands beside it helps, and must not hide it when it is odd.
  error_description: words.optional().catch(undefined),
  error_subtype: words.optional().catch(undefined),
});

/** The JSON of an answer, or undefined when it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(status: number, error: string | undefined): OAuthErrorCode {
  if (status === 429) return "rate-limited";
  if (status >= 500) return "unavailable";
  if (error === "invalid_grant") return "invalid-grant";
  // Our side's fault, and no word about the grant. Other words are not ones that a refresh is answered with.
  return asClientRefusalWord(error) ? "misconfigured" : "malformed-answer";
}

/**
 * What an answer that is not a success means.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export function oauthErrorOf({ status, text, retryAfterMs }: FormAnswer, what: string): OAuthError {
  const failure = failureSchema.safeParse(readJson(text)).data;
  const code = codeOf(status, failure?.error);
  return new OAuthError(
    code,
    `Google answered ${what} with ${status}${failure ? ` ${failure.error}` : ""}.`,
    {
      status,
      error: failure?.error,
      subtype: failure?.error_subtype,
      description: failure?.error_description,
      retryAfterMs,
    },
  );
}
