/** What a list says of rows that are not there. */

import { counted } from "./numbers.ts";

/** In the place of a message that Gmail names and does not give. */
export const withheld = {
  who: "Held back by Gmail",
  what: "Gmail lists this message and does not hand it over. Latchkey goes on asking for it.",
} as const;

/** Below a page whose rows have not all come. */
export const onTheirWay = (messages: number): string =>
  `${counted(messages, "message is", "messages are")} on the way, and appear${messages === 1 ? "s" : ""} by ${messages === 1 ? "itself" : "themselves"}.`;

export const showNow = "Show what has come";
