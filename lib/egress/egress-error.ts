import type { EgressProblem } from "../domain/egress-problem.ts";
import { SharedError } from "../domain/shared-error.ts";

/** The one error family of this folder. It names a host at most: paths and queries of mail stay out of every log. */
export class EgressError extends SharedError {
  static override readonly errorName = "EgressError";
  readonly code: EgressProblem;
  /** The host that was about to be asked; null before there was one. */
  readonly host: string | null;

  constructor(code: EgressProblem, host: string | null = null, options?: ErrorOptions) {
    super(host === null ? code : `${code} at ${host}`, options);
    this.code = code;
    this.host = host;
  }
}
