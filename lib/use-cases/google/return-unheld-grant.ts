import "server-only";
import { lockingDatabase } from "../../db/client.ts";
import { env } from "../../env.ts";
import { revokeToken } from "../../oauth/revoke.ts";
import { log, messageOf } from "../../telemetry/log.ts";
import type { GoogleIdentity } from "../accounts/admission.ts";
import type { ExchangedTokens } from "../accounts/keep-tokens.ts";
import { lockConnecting } from "../accounts/refuse-connecting.ts";

/** A person who was refused waits no longer than this for Google. */
const deadlineMs = 3_000;

/**
 * Takes back at Google what somebody granted who was then refused: nobody would hold it. Where an account with their
 * `sub` exists here nothing is done, since Google ends every token of a person at once, that account's too.
 * Best effort: when Google does not answer, it is in the log, and the person can end it at Google.
 */
export async function returnUnheldGrant({ sub }: GoogleIdentity, tokens: ExchangedTokens): Promise<void> {
  const token = tokens.refreshToken ?? tokens.accessToken;
  try {
    await lockingDatabase().$transaction(
      async (tx) => {
        // Whoever connects this person meanwhile waits, so that their new grant is not the one that ends.
        await lockConnecting(tx, sub);
        const held = await tx.account.findUnique({ where: { sub }, select: { id: true } });
        if (!held) await revokeToken(env().GOOGLE_ISSUER, token, { deadlineMs });
      },
      { timeout: 4 * deadlineMs },
    );
  } catch (error) {
    log.warn(
      { event: "grant.return.failed", error: messageOf(error) },
      "the grant of somebody who was refused could not be revoked at Google",
    );
  }
}
