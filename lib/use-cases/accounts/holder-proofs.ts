import "server-only";
import { database } from "../../db/client.ts";
import { accountIdOf } from "../../domain/ids.ts";
import type { AccountId } from "../../domain/mail.ts";
import { scheduleDestruction } from "../../queue/destruction-jobs.ts";
import type { GoogleIdentity } from "./admission.ts";
import { changeAccountState } from "./change-account-state.ts";
import { destroyNowOrLater } from "./destroy-account.ts";
import type { DisconnectOutcome } from "./disconnect-account.ts";
import { hashSessionToken, makeSessionToken, proofLifeMs } from "./sessions.ts";

/**
 * Somebody has just proven at Google to hold an account that another user has connected here. That lets them in nowhere;
 * with the token they may take the grant back, which is theirs.
 * @returns a token for their browser; only its hash is stored
 */
export async function proveHolder(accountId: AccountId, { sub, email }: GoogleIdentity): Promise<string> {
  const token = makeSessionToken();
  const expiresAt = new Date(Date.now() + proofLifeMs);
  await database().holderProof.create({
    data: { tokenHash: hashSessionToken(token), accountId, sub, email, expiresAt },
  });
  return token;
}

/** The address that was proven, while the proof is good and the account is connected; null otherwise. */
export async function provenAddress(token: string): Promise<string | null> {
  const proof = await findProof(token);
  if (!proof) return null;
  const { accountId, sub, email } = proof;
  return (await database().account.count({ where: { id: accountId, sub } })) > 0 ? email : null;
}

const findProof = (token: string) =>
  database().holderProof.findFirst({
    where: { tokenHash: hashSessionToken(token), expiresAt: { gt: new Date() } },
  });

/**
 * Whoever holds the Google account takes it out of the Latchkey account that it is connected in: use is blocked at once,
 * Google is told, key and rows are destroyed. A proof is used once.
 */
export async function disconnectAsHolder(token: string): Promise<DisconnectOutcome> {
  const accountId = await database().$transaction(async (tx) => {
    const tokenHash = hashSessionToken(token);
    const proof = await tx.holderProof.findFirst({ where: { tokenHash, expiresAt: { gt: new Date() } } });
    const { count } = await tx.holderProof.deleteMany({ where: { tokenHash } });
    if (!proof || count === 0) return null;
    const account = await tx.account.findFirst({ where: { id: proof.accountId, sub: proof.sub } });
    if (!account) return null;
    const id = accountIdOf(account.id);
    const status = { state: "DISCONNECTED", cause: "holder" } as const;
    const actor = { id: null, email: proof.email };
    await changeAccountState(tx, status, { action: "holder-disconnect-requested", actor, accountId: id });
    await scheduleDestruction(tx, id);
    return id;
  });
  return accountId ? destroyNowOrLater(accountId) : "not-found";
}
