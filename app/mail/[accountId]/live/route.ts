import { liveEvents } from "#lib/request/live-events.ts";
import { listeningTo } from "#lib/session/listening.ts";

type Context = RouteContext<"/mail/[accountId]/live">;

/** What happens to a mailbox, as server-sent events, for as long as somebody listens. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const listening = await listeningTo((await params).accountId);
  if (typeof listening === "number") return refusal(listening);
  return new Response(liveEvents(listening, request.signal), {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

/** Whether there is anything to listen to: nothing is opened. */
export async function HEAD(_request: Request, { params }: Context): Promise<Response> {
  const listening = await listeningTo((await params).accountId);
  return refusal(typeof listening === "number" ? listening : 204);
}

/** No page: nobody looks at it, and a redirect to one would be taken for events. */
const refusal = (status: number): Response =>
  new Response(null, { status, headers: { "cache-control": "no-store" } });
