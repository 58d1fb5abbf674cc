import { asMessageId } from "../domain/ids.ts";
import { mailListOf } from "../domain/mail-list.ts";
import { inbox, type MessageAddress } from "../domain/paths.ts";
import type { Unfolded } from "../use-cases/conversations/read-conversation.ts";
import { firstParam, readListAddress, type SearchParams } from "./search-params.ts";

/** No page shows more messages open than this. */
const unfoldedAtMost = 30;

/** Which of a conversation's messages are unfolded, as an address says it. */
export function unfoldedIn(open: string): Unfolded {
  if (open === "all") return "all";
  return open
    .split(".", unfoldedAtMost)
    .map(asMessageId)
    .filter((id) => id !== null);
}

/** What the address of a message says beside its id; what cannot be is left out. */
export function readMessageAddress(params: SearchParams): MessageAddress {
  const list = firstParam(params.in) ?? "";
  const unfolded = unfoldedIn(firstParam(params.open) ?? "");
  return {
    ...readListAddress(params),
    list: mailListOf(list)?.slug ?? inbox,
    open: unfolded === "all" ? "all" : unfolded.join("."),
    images: /^[\w.-]{1,60}$/.exec(firstParam(params.images) ?? "")?.[0] ?? "",
  };
}
