import "server-only";
import { recordEvent } from "../../audit/audit.ts";
import type { Transaction } from "../../db/client.ts";
import type { Account } from "../../db/generated/client.ts";
import { accountIdOf } from "../../domain/ids.ts";
import type { GoogleIdentity } from "./admission.ts";

/**
 * Writes down what Google says of an account now: names and addresses change, the `sub` does not. Rights follow by
 * themselves, since they are judged from this. The caller holds the account's row.
 * @returns the account as it is now
 */
export async function noteIdentity(
  tx: Transaction,
  known: Account,
  { email, emailVerified, name, hd }: GoogleIdentity,
): Promise<Account> {
  const account = await tx.account.update({
    where: { id: known.id },
    data: { email, emailVerified, name, hd },
  });
  // People are called by the account they first came with.
  await tx.user.updateMany({ where: { id: known.userId, email: known.email }, data: { name, email } });
  if (email !== known.email) {
    const accountId = accountIdOf(known.id);
    const because = { kind: "renamed", email } as const;
    await recordEvent(tx, {
      action: "address-changed",
      actor: "system",
      accountId,
      target: known.email,
      because,
    });
  }
  return account;
}
