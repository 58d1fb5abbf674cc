import type { ImageProblem } from "../domain/egress-problem.ts";
import type { Words } from "./words.ts";

/** Why a picture of a mail is not there, in a few words: they stand in its place. */
export function imageProblemWords(t: Words, problem: ImageProblem): string {
  switch (problem) {
    case "bad-address":
    case "forbidden":
      return t("pictures.problem.forbidden");
    case "unresolvable":
    case "unreachable":
    case "status":
    case "redirects":
    case "malformed":
    case "aborted":
      return t("pictures.problem.gone");
    case "timeout":
      return t("pictures.problem.slow");
    case "too-large":
      return t("pictures.problem.large");
    case "no-picture":
      return t("pictures.problem.other");
    case "busy":
      return t("pictures.problem.busy");
    default:
      return problem satisfies never;
  }
}
