import "server-only";
import type { Listening } from "../request/live-events.ts";
import { currentVisitor, sessionToken, visitorWith } from "./current-user.ts";
import { asReader } from "./require-account.ts";

/** Who listens to this account, as pages judge it; 401 for nobody, 404 for what is not theirs. */
export async function listeningTo(accountId: string): Promise<Listening | 401 | 404> {
  const [visitor, token] = [await currentVisitor(), await sessionToken()];
  if (!visitor || !token) return 401;
  const reader = asReader(visitor, accountId);
  if (!reader) return 404;
  return {
    accountId: reader.account.id,
    sessionId: visitor.sessionId,
    stillReads: async () => {
      // Anew: what this request has found out is as old as the stream.
      const now = await visitorWith(token);
      return now !== null && asReader(now, accountId) !== null;
    },
  };
}
