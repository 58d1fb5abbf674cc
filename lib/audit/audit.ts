import "server-only";
import type { Database, Transaction } from "../db/client.ts";
import type { AccountStatus } from "../domain/account.ts";
import type { AuditAction, AuditEvent } from "../domain/audit-event.ts";
import type { AccountId } from "../domain/mail.ts";
import type { User } from "../domain/people.ts";

export interface NewAuditEvent {
  readonly action: AuditAction;
  readonly actor: Pick<User, "id" | "email"> | "system";
  readonly accountId: AccountId;
  /** The account's address as it is now: the event outlives it. */
  readonly target: string;
  readonly reason?: string | undefined;
  readonly status?: AccountStatus | undefined;
}

/** Written in the transaction of what it tells about: neither happens without the other. */
export async function recordEvent(tx: Transaction, event: NewAuditEvent): Promise<void> {
  const { actor, status, reason } = event;
  await tx.auditEvent.create({
    data: {
      action: event.action,
      actor: actor === "system" ? "system" : actor.email,
      actorId: actor === "system" ? null : actor.id,
      accountId: event.accountId,
      target: event.target,
      reason: reason ?? null,
      ...(status ? { details: { ...status } } : {}),
    },
  });
}

/** An account's history, newest first. */
export async function eventsOf(database: Database, accountId: AccountId, limit = 50): Promise<AuditEvent[]> {
  const rows = await database.auditEvent.findMany({
    where: { accountId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: limit,
  });
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    action: row.action as AuditAction,
    actor: row.actor,
    target: row.target,
    reason: row.reason,
    status: row.details as AccountStatus | null,
  }));
}
