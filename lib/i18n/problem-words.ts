import type { Problem } from "../domain/readable-message.ts";
import { bytes } from "./numbers.ts";

/** What could not be shown, or not as it was meant, in a sentence. */
export function problemWords(problem: Problem): string {
  switch (problem.code) {
    case "charset-unknown":
      return `The text is in an unknown character set (“${problem.charset}”); some letters may be wrong.`;
    case "transfer-broken":
      return "Part of this message arrived damaged. What could be read is shown.";
    case "body-not-loaded":
      return "A text of this message is too large to be shown here. The whole message can be downloaded.";
    case "no-body":
      return "There is no text in this message.";
    case "too-deep":
      return "This message is nested too deeply to be shown in full.";
    case "too-large":
      return `Only the first ${bytes(problem.shownBytes)} of the text are shown.`;
    case "not-read":
      return "This message takes too long to be made ready for reading. Its text, and the whole message, can be downloaded.";
    case "headers-doubled":
      return `${problem.names.join(", ")} stands in this message more than once; the first one is shown.`;
    case "headers-too-long":
      return `${problem.names.join(", ")} is too long to be shown in full.`;
    case "misleading-name":
      return problem.address === ""
        ? `The sender's name claims to be “${problem.claimed}”. The message names no address that it came from.`
        : `The sender's name claims to be “${problem.claimed}”. The message came from ${problem.address}.`;
    case "encrypted":
      return problem.method === "pgp"
        ? "This message is encrypted with PGP, and Latchkey has no key to it."
        : "This message is encrypted with S/MIME, and Latchkey has no key to it.";
    case "signed-opaque":
      return "This message is wrapped in an S/MIME signature. It can be downloaded and opened elsewhere.";
    case "partial":
      return "This message was sent in pieces, and this is one of them.";
    default:
      return problem satisfies never;
  }
}
