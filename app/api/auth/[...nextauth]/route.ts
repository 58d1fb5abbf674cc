import { handleAuth } from "#lib/sign-in/handle-auth.ts";

// No guard: this is where people sign in. `handleAuth` checks the origin of every form.
async function handle(
  request: Request,
  { params }: RouteContext<"/api/auth/[...nextauth]">,
): Promise<Response> {
  return handleAuth(request, (await params).nextauth);
}

export { handle as GET, handle as POST };
