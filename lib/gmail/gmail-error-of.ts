import { gaxios } from "google-auth-library";
import { GmailError } from "./gmail-error.ts";

/**
 * What a request that brought no answer amounts to: reset, refused, broken off in the middle, name not resolved.
 * Anything that the HTTP client did not throw itself (a bug, an error of the vault) is returned as it is.
 *
 * The client's own error is not kept as `cause`: it holds the request with its token, and its message holds the
 * address with the search the user typed.
 */
export function gmailErrorOf(method: string, error: unknown): unknown {
  if (!(error instanceof gaxios.GaxiosError)) return error;
  const reason = typeof error.code === "string" ? error.code : "network-failure";
  return new GmailError("unavailable", `Gmail ${method}: no usable answer (${reason})`, { reason });
}
