import "server-only";
import type { Database, Transaction } from "../db/client.ts";
import type { AccountStatus } from "../domain/account.ts";
import type { AuditAction, AuditEvent, OwnReason } from "../domain/audit-event.ts";
import type { AccountId } from "../domain/mail.ts";
import type { User } from "../domain/people.ts";

export interface NewAuditEvent {
  readonly action: AuditAction;
  /** Without an id: somebody who has proven to hold the address, and is no user here. */
  readonly actor: { readonly id: User["id"] | null; readonly email: string } | "system" | "operator";
  readonly accountId: AccountId | null;
  /** The account's address as it is now: the event outlives it. */
  readonly target: string;
  readonly reason?: string | undefined;
  readonly because?: OwnReason | undefined;
  readonly status?: AccountStatus | undefined;
  /** An earlier connection of the same Google account. */
  readonly earlier?: AccountId | undefined;
}

/** Written in the transaction of what it tells about: neither happens without the other. */
export async function recordEvent(tx: Transaction, event: NewAuditEvent): Promise<void> {
  const { actor, status, reason, because, earlier } = event;
  const details = { ...status, ...(earlier ? { earlier } : {}), ...(because ? { because } : {}) };
  await tx.auditEvent.create({
    data: {
      action: event.action,
      actor: typeof actor === "string" ? actor : actor.email,
      actorId: typeof actor === "string" ? null : actor.id,
      accountId: event.accountId,
      target: event.target,
      reason: reason ?? null,
      ...(Object.keys(details).length > 0 ? { details } : {}),
    },
  });
}

// Written by `recordEvent` alone.
type Details = Partial<AccountStatus> & { readonly earlier?: AccountId; readonly because?: OwnReason };

function toDetails(details: Details | null): Pick<AuditEvent, "status" | "earlier" | "because"> {
  const { earlier = null, because = null, ...status } = details ?? {};
  return { status: "state" in status ? (status as AccountStatus) : null, earlier, because };
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
    ...toDetails(row.details as Details | null),
  }));
}
