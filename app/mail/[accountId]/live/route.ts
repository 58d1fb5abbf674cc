import { liveEvents } from "#lib/session/live-events.ts";
import { requireAccount } from "#lib/session/require-account.ts";

type Context = RouteContext<"/mail/[accountId]/live">;

/** What happens to a mailbox, as server-sent events, for as long as somebody listens. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { accountId } = await params;
  const { account } = await requireAccount(accountId, `/mail/${accountId}/inbox`);
  return new Response(liveEvents(account.id, request.signal), {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
