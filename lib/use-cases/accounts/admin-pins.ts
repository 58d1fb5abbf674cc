import "server-only";
import { recordEvent } from "../../audit/audit.ts";
import type { Transaction } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import { env } from "../../env.ts";
import { log } from "../../telemetry/log.ts";
import { type Claims, vouchedAddress } from "./admission.ts";

/**
 * Pins an address of ADMIN_EMAILS to the Google account that first comes with it. Another account that comes with it
 * later is no admin, whatever Google says of the address: the log and the audit trail tell, and the operator decides.
 */
export async function pinAdmin(tx: Transaction, accountId: AccountId, claims: Claims): Promise<void> {
  const email = vouchedAddress(claims);
  if (email === null || !env().ADMIN_EMAILS.includes(email)) return;
  const { sub } = claims;
  await tx.adminPin.createMany({ data: { email, sub }, skipDuplicates: true });
  const pin = await tx.adminPin.findUniqueOrThrow({ where: { email } });
  if (pin.sub === sub || env().ADMIN_EMAILS.includes(`sub:${sub}`)) return;
  log.error(
    { event: "admin.refused", accountId },
    "an address of ADMIN_EMAILS came with another Google account than before: it is no admin until the operator runs `npm run admins -- unpin`",
  );
  const actor = "system";
  await recordEvent(tx, { action: "admin-refused", actor, accountId, target: claims.email });
}

/** The operator lets the next Google account that comes with this address be its admin. @returns whether it was pinned */
export async function unpinAdmin(tx: Transaction, email: string): Promise<boolean> {
  const { count } = await tx.adminPin.deleteMany({ where: { email } });
  if (count === 0) return false;
  await recordEvent(tx, { action: "admin-unpinned", actor: "operator", accountId: null, target: email });
  return true;
}
