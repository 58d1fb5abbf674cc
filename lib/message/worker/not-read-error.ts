import { SharedError } from "../../domain/shared-error.ts";

/** The message took too long or too much memory, or too many wait for the threads. */
export class NotReadError extends SharedError {
  static override readonly errorName = "NotReadError";
}
