import { receivePush } from "#lib/use-cases/sync/receive-push.ts";

const statuses = { taken: 204, forged: 401, unreadable: 204, off: 404, "not-now": 503 } as const;

/** What Cloud Pub/Sub calls when a mailbox has changed. Its token is the guard; any 2xx tells it not to call again. */
export async function POST(request: Request): Promise<Response> {
  return new Response(null, { status: statuses[await receivePush(request)] });
}
