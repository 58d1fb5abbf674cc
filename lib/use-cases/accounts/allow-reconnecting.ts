import "server-only";
import { recordEvent } from "../../audit/audit.ts";
import { database } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import type { Admin } from "../../domain/people.ts";
import { findTombstone } from "./tombstones.ts";

/** An admin lifts the block of an account that was withdrawn: it may be connected again. @returns whether there was one */
export async function allowReconnecting(admin: Admin, accountId: AccountId): Promise<boolean> {
  return database().$transaction(async (tx) => {
    const stone = await findTombstone(tx, accountId);
    if (!stone) return false;
    // The Google account may have been withdrawn more than once.
    const { count } = await tx.tombstone.updateMany({
      where: { subHash: stone.subHash, blocked: true },
      data: { blocked: false, blockedUntil: null },
    });
    if (count === 0) return false;
    const earlier = await tx.auditEvent.findFirst({
      where: { accountId, action: "revocation-requested" },
      orderBy: { at: "desc" },
    });
    const target = earlier?.target ?? "";
    await recordEvent(tx, { action: "reconnecting-allowed", actor: admin, accountId, target });
    return true;
  });
}
