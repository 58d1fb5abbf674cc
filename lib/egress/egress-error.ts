import { SharedError } from "../domain/shared-error.ts";

/**
 * Why an address that somebody else names gave nothing, as one closed list.
 *
 * - `bad-address`: not http or https, a name and password in it, no full name of a host, longer than 8,192 characters
 * - `forbidden`: it leads to this machine, a network of its own, a range that nobody on the internet has, or a port that is
 *   neither 80 nor 443
 * - `unresolvable`: its name has no address
 * - `unreachable`: connection refused or reset, or a certificate that does not hold
 * - `redirects`: more than three, or one that leads nowhere
 * - `status`: an answer that is not 200
 * - `malformed`: an answer that is no HTTP, or packed in a way that is not read here
 * - `too-large`: more bytes than are taken, counted after unpacking
 * - `timeout`: not whole before the deadline
 * - `busy`: too much is under way already, for this account or in all
 * - `aborted`: the caller's signal fired
 */
export type EgressErrorCode =
  | "bad-address"
  | "forbidden"
  | "unresolvable"
  | "unreachable"
  | "redirects"
  | "status"
  | "malformed"
  | "too-large"
  | "timeout"
  | "busy"
  | "aborted";

/** The one error family of this folder. It names a host at most: paths and queries of mail stay out of every log. */
export class EgressError extends SharedError {
  static override readonly errorName = "EgressError";
  readonly code: EgressErrorCode;
  /** The host that was about to be asked; null before there was one. */
  readonly host: string | null;

  constructor(code: EgressErrorCode, host: string | null = null, options?: ErrorOptions) {
    super(host === null ? code : `${code} at ${host}`, options);
    this.code = code;
    this.host = host;
  }
}
