import type { Words } from "./words.ts";

const plain = ["destroyed", "waiting", "signed-out"] as const;
const named = ["connected", "reconnected"] as const;

/**
 * What has come of what somebody did, by the word that stands in the address of the page after it; undefined for other words.
 * @param email the account that it is about, where it is still there
 */
export function noteWords(t: Words, note: string | undefined, email?: string): string | undefined {
  const known = plain.find((word) => word === note);
  if (known) return t(`note.${known}`);
  const about = named.find((word) => word === note);
  return about && email !== undefined ? t(`note.${about}`, { email }) : undefined;
}
