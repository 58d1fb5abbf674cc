import "server-only";
import { database } from "../../db/client.ts";
import {
  type Account,
  type CopyHead as CopyHeadRow,
  type DataKey,
  Prisma,
} from "../../db/generated/client.ts";
import type { AccountStatus } from "../../domain/account.ts";
import type { CopyHead } from "../../domain/copy-head.ts";
import type { AccountId } from "../../domain/mail.ts";
import type { Sealer } from "../../domain/sealer.ts";
import type { Trouble } from "../../domain/trouble.ts";
import { env } from "../../env.ts";
import { toCopyHead } from "../../mailbox/copy-head.ts";
import { type LabelRow, labelRowsOf, type StoredLabel, toShownLabel } from "../../mailbox/labels.ts";
import { log } from "../../telemetry/log.ts";
import { doesNotOpen } from "../../vault/credential-store.ts";
import { sealerOf } from "../../vault/data-key.ts";
import { statusNow } from "../accounts/account-status.ts";
import type { Claims } from "../accounts/admission.ts";
import { AccountUnusableError, unlessUnusable } from "../accounts/usable-account.ts";
import type { Copy } from "./begin-copy.ts";

/** A copy with all that one has to know before its rows. */
export interface OpenedCopy extends Copy {
  readonly status: AccountStatus;
  /** Null while nobody has begun the copy. */
  readonly head: CopyHead | null;
}

/** An opened copy with what is known of its labels and lists. */
export interface ReadableCopy extends OpenedCopy {
  readonly labels: readonly StoredLabel[];
}

/** An account's copy as one request reads it: opened once, for all parts of its page. */
export interface RequestCopy {
  readonly accountId: AccountId;
  readonly copy: Promise<ReadableCopy>;
  /** Fires when whoever asks has left. */
  readonly signal?: AbortSignal | undefined;
}

type StoredKey = { readonly [Column in "keyId" | "wrapped"]: DataKey[Column] | null };

type FoundHead = Pick<Account, "state" | "cause"> &
  Claims &
  StoredKey &
  Omit<CopyHeadRow, "emailAddress" | "indexedTo">;

const headColumns = Prisma.sql`
  a."state"::text, a."cause", a.sub, a.email, a."emailVerified", a.hd, k."keyId", k."wrapped",
  m."accountId", m."historyId", m."changes" AS revision, m."messages", m."about" AS "estimatedTotal", m."fillToken", m."filledDownTo", m."filledAt",
  m."syncedAt", m."labelsAt", m."dueAt", m."troubleSince", m."trouble", m."listing",
  m."relistings", m."relistAt", m."fillDoubts", m."fillAgainAt", m."watchAskedAt", m."watchTopic", m."watchRefusals", m."indexedAt"`;

const account = (accountId: AccountId) => Prisma.sql`
  "Account" a
  LEFT JOIN "DataKey" k ON k."accountId" = a.id
  LEFT JOIN "Mirror" m ON m."accountId" = a.id
  WHERE a.id = ${accountId}::uuid`;

/**
 * Opens the copy of an account, begun or not. What is kept may be read while Google may be asked, and while only the
 * owner's consent is missing.
 * @throws AccountUnusableError when the account is gone, suspended or being disconnected
 */
export async function openCopy(accountId: AccountId): Promise<OpenedCopy> {
  const [found] = await database().$queryRaw<FoundHead[]>`SELECT ${headColumns} FROM ${account(accountId)}`;
  return openedOf(accountId, found);
}

/**
 * Opens the copy of an account, with its labels and lists, in one query: every page asks for it.
 * @throws AccountUnusableError, SealError
 */
export async function openCopyToRead(accountId: AccountId): Promise<ReadableCopy> {
  const [found] = await database().$queryRaw<(FoundHead & { readonly labels: LabelRow[] })[]>`
    SELECT ${headColumns}, ${labelRowsOf(accountId)} AS labels FROM ${account(accountId)}`;
  const copy = openedOf(accountId, found);
  return { ...copy, labels: (found?.labels ?? []).map((row) => toShownLabel(copy.sealer, row)) };
}

function openedOf(accountId: AccountId, found: FoundHead | undefined): OpenedCopy {
  const status: AccountStatus = found ? statusNow(found) : { state: "DISCONNECTED", cause: "user" };
  if (!found || (status.state !== "ACTIVE" && status.state !== "NEEDS_CONSENT")) {
    throw new AccountUnusableError(status);
  }
  const head = found.accountId ? toCopyHead(found) : null;
  return { accountId, status, sealer: openSealer(accountId, found), head };
}

/** A key that is gone, or does not open, needs the owner: what it sealed is noise, and a new consent brings all anew. */
function openSealer(accountId: AccountId, { keyId, wrapped }: StoredKey): Sealer {
  if (!keyId || !wrapped)
    throw new AccountUnusableError({ state: "NEEDS_CONSENT", cause: "no-refresh-token" });
  try {
    return sealerOf(env().TOKEN_KEYS, accountId, { keyId, wrapped });
  } catch (error) {
    if (!doesNotOpen(error)) throw error;
    log.error({ event: "key.unseal.failed", accountId }, "a stored data key does not open with TOKEN_KEYS");
    throw new AccountUnusableError({ state: "NEEDS_CONSENT", cause: "unknown" });
  }
}

/** What a page that came out of the copy says of itself. */
export interface CopyState {
  /** The last moment at which the copy was in step with Google. */
  readonly asOf: Date;
  readonly revision: number;
  /** Why it may not be in step now; null while all is well. */
  readonly trouble: Trouble | null;
}

/** @param met trouble that this request has met itself: the newest there is */
export function copyStateOf({ status }: OpenedCopy, head: CopyHead, met: Trouble | null = null): CopyState {
  const { syncedAt: asOf, revision } = head;
  const grant: Trouble | null = status.state === "ACTIVE" ? null : { kind: "account", status };
  return { asOf, revision: Number(revision), trouble: met ?? grant ?? head.trouble?.what ?? null };
}

/**
 * How the copy stands, for a page that shows something else than a list; null where there is no copy, or none that may
 * be read.
 */
export async function readCopyState(opening: Promise<OpenedCopy>): Promise<CopyState | null> {
  const copy = await unlessUnusable(opening);
  return copy?.head ? copyStateOf(copy, copy.head) : null;
}
