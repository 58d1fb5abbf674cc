import "server-only";
import { database } from "../db/client.ts";
import type { Account, DataKey, MirroredLabel, Mirror as MirrorRow } from "../db/generated/client.ts";
import type { AccountStatus } from "../domain/account.ts";
import type { AccountId, LabelId } from "../domain/mail.ts";
import { ALL_MAIL, type Mirror } from "../domain/mirror.ts";
import type { Sealer } from "../domain/sealer.ts";
import { env } from "../env.ts";
import { type ListState, toListState } from "../mailbox/labels.ts";
import { toMirror } from "../mailbox/mirror.ts";
import { log } from "../telemetry/log.ts";
import { statusOf } from "../vault/account-status.ts";
import { doesNotOpen } from "../vault/credential-store.ts";
import { sealerOf } from "../vault/sealer.ts";
import type { Copy } from "./copy.ts";
import { AccountUnusableError } from "./usable-account.ts";

/** A copy with all that one has to know before its rows. */
export interface OpenedCopy extends Copy {
  readonly status: AccountStatus;
  /** Null while nobody has begun the copy. */
  readonly mirror: Mirror | null;
  /** How the list that was asked about stands; null where the copy knows nothing of it. */
  readonly list: ListState | null;
}

type StoredKey = { readonly [Column in "keyId" | "wrapped"]: DataKey[Column] | null };

type Head = Pick<Account, "state" | "cause"> &
  StoredKey &
  MirrorRow &
  Omit<MirroredLabel, "messages"> & { readonly listMessages: number };

/**
 * Opens the copy of an account, begun or not, in one question: every page asks it. What is kept may be read while Google
 * may be asked, and while only the owner's consent is missing.
 * @throws AccountUnusableError when the account is gone, suspended or being disconnected
 */
export async function openCopy(accountId: AccountId, labelId: LabelId = ALL_MAIL): Promise<OpenedCopy> {
  const [head] = await database().$queryRaw<Head[]>`
    SELECT a."state"::text, a."cause", k."keyId", k."wrapped",
      m."accountId", m."historyId", m."changes", m."messages", m."about", m."fillToken", m."filledDownTo", m."filledAt",
      m."syncedAt", m."labelsAt", m."dueAt", m."troubleSince", m."trouble", m."listing", m."watchAskedAt",
      l."labelId", l."messages" AS "listMessages", l."unread", l."googleMessages", l."googleUnread", l."wholeDownTo"
    FROM "Account" a
    LEFT JOIN "DataKey" k ON k."accountId" = a.id
    LEFT JOIN "Mirror" m ON m."accountId" = a.id
    LEFT JOIN "MirroredLabel" l ON l."accountId" = a.id AND l."labelId" = ${labelId}
    WHERE a.id = ${accountId}::uuid`;
  const status: AccountStatus = head ? statusOf(head) : { state: "DISCONNECTED", cause: "user" };
  if (!head || (status.state !== "ACTIVE" && status.state !== "NEEDS_CONSENT")) {
    throw new AccountUnusableError(status);
  }
  return {
    accountId,
    status,
    sealer: openSealer(accountId, head),
    mirror: head.accountId ? toMirror(head) : null,
    list: head.labelId ? toListState({ ...head, messages: head.listMessages }) : null,
  };
}

/** A key that is gone, or does not open, needs the owner: what it sealed is noise, and a new consent brings all anew. */
function openSealer(accountId: AccountId, { keyId, wrapped }: StoredKey): Sealer {
  if (!keyId || !wrapped)
    throw new AccountUnusableError({ state: "NEEDS_CONSENT", cause: "no-refresh-token" });
  try {
    return sealerOf(env().TOKEN_KEYS, accountId, { keyId, wrapped });
  } catch (error) {
    if (!doesNotOpen(error)) throw error;
    log.error({ accountId }, "a stored data key does not open with TOKEN_KEYS");
    throw new AccountUnusableError({ state: "NEEDS_CONSENT", cause: "unknown" });
  }
}
