import { forgottenTimeZone } from "#lib/request/time-zone.ts";
import { safeReturnPath } from "#lib/session/return-path.ts";

/** Whatever name this server was reached by: the address is only a path in the end. */
const originOf = (address: string | null): string | undefined =>
  address && URL.canParse(address) ? new URL(address).origin : undefined;

/** A browser that ran scripts once and does not any more: from now on it gets pages whole. Anybody may say so. */
export function GET(request: Request): Response {
  const referrer = request.headers.get("referer");
  const location = safeReturnPath(referrer, "/mail", originOf(referrer));
  return new Response(null, {
    status: 303,
    headers: { location, "set-cookie": forgottenTimeZone },
  });
}
