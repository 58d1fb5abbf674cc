import "server-only";
import type { Transaction } from "../db/client.ts";
import type { AccountId, MessageId } from "../domain/mail.ts";

/** So often a message is asked for before it is set aside. */
const triesAllowed = 5;

/** Writes down that Gmail names these messages and does not give them. @returns those that are set aside from now on */
export async function noteFailed(
  tx: Transaction,
  accountId: AccountId,
  failures: ReadonlyMap<MessageId, string>,
): Promise<MessageId[]> {
  const aside: MessageId[] = [];
  for (const [messageId, cause] of failures) {
    const { tries } = await tx.failedMessage.upsert({
      where: { accountId_messageId: { accountId, messageId } },
      create: { accountId, messageId, cause },
      update: { tries: { increment: 1 }, cause, lastAt: new Date() },
    });
    if (tries === triesAllowed) aside.push(messageId);
  }
  return aside;
}

/** Messages that nobody asks for any more. */
export async function setAside(tx: Transaction, accountId: AccountId, ids: readonly MessageId[]) {
  const rows = await tx.failedMessage.findMany({
    where: { accountId, messageId: { in: [...ids] }, tries: { gte: triesAllowed } },
    select: { messageId: true },
  });
  return new Set(rows.map(({ messageId }) => messageId as MessageId));
}

/** Once all is here that comes, what was hard to get is of no interest any more; what never came is. */
export async function forgetHardOnes(tx: Transaction, accountId: AccountId): Promise<void> {
  await tx.failedMessage.deleteMany({ where: { accountId, tries: { lt: triesAllowed } } });
}
