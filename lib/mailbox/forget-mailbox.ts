import "server-only";
import type { Transaction } from "../db/client.ts";
import type { AccountId } from "../domain/mail.ts";

/**
 * Removes the copy of an account's mailbox and everything beside it. The copy's head goes first: whoever wants to write to
 * the copy after that finds no row to lock, and writes nothing.
 */
export async function forgetMailbox(tx: Transaction, accountId: AccountId): Promise<void> {
  const where = { accountId };
  await tx.copyHead.deleteMany({ where });
  await tx.messageLabel.deleteMany({ where });
  await tx.messageBody.deleteMany({ where });
  await tx.copiedMessage.deleteMany({ where });
  await tx.copiedLabel.deleteMany({ where });
  await tx.senderChoice.deleteMany({ where });
  await tx.listedMessage.deleteMany({ where });
  await tx.failedMessage.deleteMany({ where });
  await tx.wantedMessage.deleteMany({ where });
  await tx.quotaWindow.deleteMany({ where });
  await tx.quotaSpent.deleteMany({ where });
}
