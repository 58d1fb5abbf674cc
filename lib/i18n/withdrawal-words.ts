import type { Again } from "../domain/account.ts";
import { longDate } from "./dates.ts";

/** What its owner can do. @param zone the reader's time zone */
export function againWords(again: Again, zone: string): string {
  switch (again.kind) {
    case "now":
      return "It can be connected again at any time: sign in with it once more.";
    case "from":
      return `It can be connected again from ${longDate(again.at, zone)} on, or earlier when an admin allows it.`;
    case "when-allowed":
      return "It can be connected again when an admin of this Latchkey allows it. Ask them.";
    default:
      return again satisfies never;
  }
}

/** What an admin reads of the same. */
export function blockWords(again: Again, zone: string): string {
  switch (again.kind) {
    case "now":
      return "Its owner can connect it again.";
    case "from":
      return `Its owner can connect it again from ${longDate(again.at, zone)} on.`;
    case "when-allowed":
      return "Its owner cannot connect it again until an admin allows it.";
    default:
      return again satisfies never;
  }
}

/** What has become of what was kept. */
export const withdrawnWords = {
  destroyed: "The key and everything that was kept with it are destroyed.",
  waiting:
    "Nothing is read any more; as soon as Google has confirmed, the key and everything kept with it are destroyed.",
} as const;
