import "server-only";
import { env } from "../env.ts";

/** NextAuth's own names: over https they carry the prefix that binds them to it. */
export const sessionCookieName = (): string =>
  `${env().NEXTAUTH_URL.startsWith("https:") ? "__Secure-" : ""}next-auth.session-token`;
