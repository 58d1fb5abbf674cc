import { notFound } from "next/navigation";
import { openStreams } from "#lib/request/events/open-streams.ts";
import { mayReadMetrics } from "#lib/request/may-read-metrics.ts";
import { readMetrics } from "#lib/use-cases/operations/read-metrics.ts";

/** For Prometheus: from this machine, or with METRICS_TOKEN. To everybody else there is nothing here. */
export async function GET(request: Request): Promise<Response> {
  if (!mayReadMetrics(request.headers)) notFound();
  const { type, text } = await readMetrics(openStreams());
  return new Response(text, { headers: { "content-type": type, "cache-control": "no-store" } });
}
