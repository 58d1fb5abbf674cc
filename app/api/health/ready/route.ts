import { connection } from "next/server";
import { isReady } from "#lib/use-cases/is-ready.ts";

// No guard: a load balancer asks, and learns only whether to send people here.
export async function GET(): Promise<Response> {
  await connection();
  return (await isReady())
    ? Response.json({ status: "ready" })
    : Response.json({ status: "database-unreachable" }, { status: 503 });
}
