import type { LinkNote } from "../domain/mail-link.ts";
import type { Words } from "./words.ts";

/** What is said of a link that misleads: behind its text. */
export function linkNoteWords(t: Words, { flag, site }: LinkNote): string {
  switch (flag) {
    case "other-site":
    case "number":
    case "disguised":
      return t("pictures.links.leadsTo", { site });
    case "look-alike":
      return t("pictures.links.lookAlike", { site });
    case "shortened":
      return t("pictures.links.shortened", { site });
    default:
      return flag satisfies never;
  }
}
