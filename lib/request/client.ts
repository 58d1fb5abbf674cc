import type { Client } from "../domain/session.ts";
import { visits } from "./visit.ts";

/** What a list of sessions has room for. */
const longest = 400;

/** Where a request comes from, as far as that can be believed, and what sent it, as it says itself. */
export function clientOf(headers: Pick<Headers, "get">): Client {
  return {
    address: visits().getStore()?.address ?? null,
    userAgent: headers.get("user-agent")?.slice(0, longest) ?? null,
  };
}
