import "server-only";
import { eventsOf } from "../../audit/audit.ts";
import { database } from "../../db/client.ts";
import type { Again, ConnectedAccount, UsedBy } from "../../domain/account.ts";
import type { AuditEvent } from "../../domain/audit-event.ts";
import { accountIdOf, asAccountId } from "../../domain/ids.ts";
import type { AccountId } from "../../domain/mail.ts";
import type { Admin } from "../../domain/people.ts";
import { countAside } from "../../mailbox/failed-messages.ts";
import { statusNow } from "../accounts/account-status.ts";
import { clientRefusalOf, keyLackedFor } from "../accounts/my-accounts.ts";
import { againOf, blockedConnections, findTombstone } from "../accounts/tombstones.ts";

const pageSize = 100;
const shape = {
  user: { select: { name: true, email: true } },
  credential: { select: { scopes: true, refreshTokenExpiresAt: true } },
  dataKey: { select: { keyId: true } },
} as const;

export interface ConnectedAccountsPage {
  readonly accounts: readonly ConnectedAccount[];
  readonly total: number;
  /** The id to continue after; null on the last page. */
  readonly next: AccountId | null;
}

/** Every connected account, newest first, a hundred at a time. @param after the last id of the page before */
export async function listConnectedAccounts(
  _admin: Admin,
  after: string | undefined,
): Promise<ConnectedAccountsPage> {
  const id = after && asAccountId(after);
  const [total, rows] = await Promise.all([
    database().account.count(),
    database().account.findMany({
      // Ids are UUIDs of version 7: their order is the order of connecting.
      where: id ? { id: { lt: id } } : {},
      include: shape,
      orderBy: { id: "desc" },
      take: pageSize + 1,
    }),
  ]);
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return {
    accounts: shown.map(toConnectedAccount),
    total,
    next: rows.length > pageSize && last ? accountIdOf(last.id) : null,
  };
}

export interface AccountFile {
  /** Null when the account is gone, and only its history is left. */
  readonly account: ConnectedAccount | null;
  readonly events: readonly AuditEvent[];
  /** Messages that Gmail names and does not give, so often that they are asked for seldom. */
  readonly messagesAside: number;
  /** Whether the Google account may be connected again, when an admin has withdrawn it; null otherwise. */
  readonly again: Again | null;
}

/** One account and what happened to it; null when there never was one. */
export async function readAccountFile(_admin: Admin, accountId: string): Promise<AccountFile | null> {
  const id = asAccountId(accountId);
  if (!id) return null;
  const [row, events, messagesAside, stone] = await Promise.all([
    database().account.findUnique({ where: { id }, include: shape }),
    eventsOf(database(), id),
    countAside(database(), id),
    findTombstone(database(), id),
  ]);
  if (!row && events.length === 0) return null;
  const again = stone?.cause === "admin" ? againOf(stone, new Date()) : null;
  return { account: row && toConnectedAccount(row), events, messagesAside, again };
}

/** A withdrawn account that may not be connected again yet. */
export interface BlockedAccount {
  readonly accountId: AccountId;
  readonly email: string;
  readonly again: Again;
}

/** Withdrawn accounts that may not be connected again yet, the latest first; a hundred at most. */
export async function listBlockedAccounts(_admin: Admin): Promise<BlockedAccount[]> {
  const stones = await blockedConnections(database());
  const events = await database().auditEvent.findMany({
    where: { accountId: { in: stones.map(({ accountId }) => accountId) }, action: "revocation-requested" },
  });
  const emails = new Map(events.map(({ accountId, target }) => [accountId, target ?? ""]));
  return stones.map((stone) => ({
    accountId: accountIdOf(stone.accountId),
    email: emails.get(stone.accountId) ?? "",
    again: againOf(stone, new Date()),
  }));
}

type Row = Awaited<ReturnType<typeof anyRow>>;
const anyRow = () => database().account.findFirstOrThrow({ include: shape });

function toConnectedAccount(row: Row): ConnectedAccount {
  return {
    id: accountIdOf(row.id),
    owner: row.user.name ?? row.user.email,
    email: row.email,
    status: statusNow(row),
    stateChangedAt: row.stateChangedAt,
    scopes: row.credential?.scopes ?? [],
    grantEndsAt: row.credential?.refreshTokenExpiresAt ?? null,
    connectedAt: row.connectedAt,
    lastRefreshedAt: row.lastRefreshedAt,
    lastUsedAt: row.lastUsedAt,
    lastUsedBy: row.lastUsedBy as UsedBy | null,
    unansweredSince: row.unansweredSince,
    clientRefusal: clientRefusalOf(row),
    lacksKey: keyLackedFor(row),
  };
}
