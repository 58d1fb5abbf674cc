/**
 * Classes and ids of a mail, under names that are none of ours: no selector of a mail reaches what we add to its markup, and
 * no id of a mail takes the name of something in the browser.
 */

export const namePrefix = "m-";

/** Names in one attribute. */
const namesLimit = 50;
const nameLength = 200;

/** The class attribute; empty when nothing is left. */
export function cleanClasses(written: string | undefined): string {
  if (!written) return "";
  const names = written.split(/[\s\p{Cc}]+/u).filter((name) => name !== "" && name.length <= nameLength);
  return names
    .slice(0, namesLimit)
    .map((name) => namePrefix + name)
    .join(" ");
}

/** The id attribute; empty when it has none that can be. */
export function cleanId(written: string | undefined): string {
  const id = (written ?? "").trim();
  return id === "" || id.length > nameLength || /[\s\p{Cc}]/u.test(id) ? "" : namePrefix + id;
}
