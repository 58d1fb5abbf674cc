// No guard: a load balancer asks, and learns nothing.
export function GET(): Response {
  return Response.json({ status: "live" });
}
