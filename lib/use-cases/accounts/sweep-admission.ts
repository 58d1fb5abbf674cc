import "server-only";
import { database } from "../../db/client.ts";
import type { Account } from "../../db/generated/client.ts";
import type { AccountStatus } from "../../domain/account.ts";
import { mayReadMail } from "../../domain/account.ts";
import { accountIdOf } from "../../domain/ids.ts";
import type { AccountId } from "../../domain/mail.ts";
import { scheduleDestruction } from "../../queue/destruction-jobs.ts";
import { enqueueMailJob } from "../../queue/mail-jobs.ts";
import { log } from "../../telemetry/log.ts";
import { graceDays, mayEnterHere } from "./admission.ts";
import { changeAccountState } from "./change-account-state.ts";
import { suspendNotAdmitted } from "./suspend-not-admitted.ts";

const dayMs = 24 * 60 * 60 * 1000;

const judgedAtOnce = 500;

const shape = {
  id: true,
  sub: true,
  email: true,
  emailVerified: true,
  hd: true,
  state: true,
  stateChangedAt: true,
};
type Judged = Pick<Account, "id" | "sub" | "email" | "emailVerified" | "hd" | "state" | "stateChangedAt">;

/**
 * Judges every account by the lists of now: suspends what they do not admit, lets what they admit again go on, and
 * after ADMISSION_GRACE_DAYS withdraws what they still do not admit.
 */
export async function sweepAdmission(): Promise<void> {
  for (let after: string | null = null; ; ) {
    const accounts: Judged[] = await database().account.findMany({
      where: {
        OR: [{ state: { in: ["ACTIVE", "NEEDS_CONSENT"] } }, { state: "SUSPENDED", cause: "not-admitted" }],
        ...(after === null ? {} : { id: { gt: after } }),
      },
      select: shape,
      orderBy: { id: "asc" },
      take: judgedAtOnce,
    });
    for (const account of accounts) await judge(account);
    const last = accounts.at(-1);
    if (!last || accounts.length < judgedAtOnce) return;
    after = last.id;
  }
}

async function judge(account: Judged): Promise<void> {
  const accountId = accountIdOf(account.id);
  const isSuspended = account.state === "SUSPENDED";
  if (mayEnterHere(account)) {
    if (isSuspended) await resumeAccount(accountId);
  } else if (!isSuspended) {
    await database().$transaction((tx) => suspendNotAdmitted(tx, accountId));
    log.warn(
      { event: "account.suspended", accountId },
      "an account is no longer admitted by ALLOWED_DOMAINS and ALLOWED_EMAILS: it is suspended",
    );
  } else if (account.stateChangedAt.getTime() <= Date.now() - graceDays() * dayMs) {
    await withdraw(accountId);
  }
}

async function withdraw(accountId: AccountId): Promise<void> {
  await database().$transaction(async (tx) => {
    const status = { state: "DISCONNECTED", cause: "not-admitted" } as const;
    const because = { kind: "not-admitted", days: graceDays() } as const;
    const event = { action: "admission-ended", actor: "system", accountId, because } as const;
    if (await changeAccountState(tx, status, event)) await scheduleDestruction(tx, accountId);
  });
}

/** Where an account stands by what is stored for it; its next refresh tells the rest. */
async function resumeAccount(accountId: AccountId): Promise<void> {
  await database().$transaction(async (tx) => {
    const credential = await tx.credential.findUnique({ where: { accountId } });
    const event = { action: "account-resumed", actor: "system", accountId } as const;
    await changeAccountState(tx, statusOfStored(credential), event);
    await enqueueMailJob(tx, { task: "sync-mailbox", accountId });
  });
}

function statusOfStored(
  credential: { readonly scopes: readonly string[]; readonly refreshTokenSealed: Uint8Array | null } | null,
): AccountStatus {
  if (!credential?.refreshTokenSealed) return { state: "NEEDS_CONSENT", cause: "no-refresh-token" };
  return mayReadMail(credential.scopes)
    ? { state: "ACTIVE" }
    : { state: "NEEDS_CONSENT", cause: "scope-missing" };
}
