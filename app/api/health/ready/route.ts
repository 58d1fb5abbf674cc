import { connection } from "next/server";
import { readHealth } from "#lib/use-cases/operations/health.ts";

// No guard: a load balancer asks, and learns only whether to send people here.
export async function GET(): Promise<Response> {
  await connection();
  const status = await readHealth();
  return Response.json({ status }, { status: status === "ok" ? 200 : 503 });
}
