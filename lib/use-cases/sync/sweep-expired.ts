import "server-only";
import { database } from "../../db/client.ts";
import { env } from "../../env.ts";
import { sweepBodies } from "../../mailbox/bodies.ts";
import { sweepSpending } from "../../mailbox/quota.ts";
import { sweepWanted } from "../../mailbox/wanted-messages.ts";
import { sweepSignInFlows } from "../accounts/sign-in-flows.ts";
import { sweepLimits } from "../limits/spend.ts";
import { sweepReceipts } from "./receive-push.ts";

const dayMs = 24 * 3_600_000;

/** What was spent is shown for a month; Pub/Sub repeats itself for a week at most. */
const spendingDays = 31;
const receiptDays = 8;

const daysAgo = (days: number): Date => new Date(Date.now() - days * dayMs);

/** Forgets what was stored for a while only. */
export async function sweepExpired(): Promise<void> {
  await sweepBodies(database(), daysAgo(env().BODY_CACHE_DAYS));
  await sweepSpending(database(), daysAgo(spendingDays));
  await sweepLimits();
  await sweepReceipts(database(), daysAgo(receiptDays));
  await sweepWanted(database());
  await sweepSignInFlows();
}
