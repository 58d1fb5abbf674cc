import type { Problem } from "../domain/readable-message.ts";
import { formatBytes } from "./numbers.ts";
import type { Words } from "./words.ts";

/** What could not be shown, or not as it was meant, in a sentence. */
export function problemWords(t: Words, problem: Problem): string {
  switch (problem.code) {
    case "charset-unknown":
      return t("problem.charset-unknown", { charset: problem.charset });
    case "too-large":
      return t("problem.too-large", { size: formatBytes(t, problem.shownBytes) });
    case "headers-doubled":
    case "headers-too-long":
      return t(`problem.${problem.code}`, {
        names: problem.names.map(asWritten).join(", "),
        count: problem.names.length,
      });
    case "misleading-name":
      return problem.address === ""
        ? t("problem.misleading-name-alone", { claimed: problem.claimed })
        : t("problem.misleading-name", { claimed: problem.claimed, address: problem.address });
    case "encrypted":
      return t(problem.method === "pgp" ? "problem.encrypted-pgp" : "problem.encrypted-smime");
    case "signature-unchecked":
      return t("problem.signature-unchecked", { method: problem.method === "pgp" ? "PGP" : "S/MIME" });
    default:
      return t(`problem.${problem.code}`);
  }
}

/** "reply-to" as mail writes it: "Reply-To". */
const asWritten = (header: string): string => header.replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
