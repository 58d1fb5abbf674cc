import "server-only";

/**
 * Where to listen: on this machine alone unless HOST says otherwise, since a reverse proxy with https stands in front.
 * Whoever opens `http://[::1]:3000` is answered there; every other name of this machine leads to 127.0.0.1 too.
 */
export const listeningAddress = ({
  HOST,
  NEXTAUTH_URL,
}: {
  HOST?: string | undefined;
  NEXTAUTH_URL: string;
}) => HOST ?? (new URL(NEXTAUTH_URL).hostname === "[::1]" ? "::1" : "127.0.0.1");
