import type { Client } from "../domain/session.ts";

/** What a list of sessions has room for. */
const longest = 400;

/** Where a request comes from, as the server in front says, and what sent it, as it says itself. */
export function clientOf(headers: Pick<Headers, "get">): Client {
  const address = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || null;
  return {
    address: address?.slice(0, 64) ?? null,
    userAgent: headers.get("user-agent")?.slice(0, longest) ?? null,
  };
}
