import "server-only";
import type { Transaction } from "../../db/client.ts";
import type { Account } from "../../db/generated/client.ts";
import { accountIdOf } from "../../domain/ids.ts";
import { env } from "../../env.ts";
import { storeGrant } from "../../vault/credential-store.ts";

/** What the code exchange brought. */
export interface ExchangedTokens {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly scopes: readonly string[];
  readonly refreshToken: string | undefined;
  readonly refreshTokenExpiresInSeconds: number | undefined;
}

/** When a token ends that is good for this many seconds from now. */
export const inSeconds = (seconds: number): Date => new Date(Date.now() + seconds * 1000);

/** Stores the answer's tokens; an answer without a refresh token leaves the stored one where it is. */
export async function keepTokens(tx: Transaction, account: Account, tokens: ExchangedTokens): Promise<void> {
  const { refreshToken, refreshTokenExpiresInSeconds } = tokens;
  await storeGrant(tx, env().TOKEN_KEYS, accountIdOf(account.id), {
    accessToken: tokens.accessToken,
    accessTokenExpiresAt: inSeconds(tokens.expiresInSeconds),
    scopes: tokens.scopes,
    ...(refreshToken === undefined
      ? {}
      : {
          refreshToken,
          refreshTokenExpiresAt:
            refreshTokenExpiresInSeconds === undefined ? null : inSeconds(refreshTokenExpiresInSeconds),
        }),
  });
}
