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
export type EgressProblem =
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

/** Why a picture of a mail is not shown: what kept this server from having it, or that what it was given is no picture. */
export type ImageProblem = EgressProblem | "no-picture";
