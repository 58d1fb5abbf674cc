import "server-only";
import { z } from "zod";
import type { Transaction } from "../../db/client.ts";
import { connectForever, type ReconnectingConnection } from "../../db/reconnecting-connection.ts";
import type { CopyHead, MailboxEvent } from "../../domain/copy-head.ts";
import type { AccountId } from "../../domain/mail.ts";
import { perProcess } from "../../domain/per-process.ts";
import { type Ended, endsChannel } from "../accounts/session-ends.ts";

const mailboxChannel = "latchkey_mailbox";

/** PostgreSQL takes less than 8,000 bytes. */
const longestPayload = 7_000;

const uncounted = ({ arrived }: MailboxEvent) => ({ added: null, ...(arrived ? { arrived: null } : {}) });

/**
 * Tells every process, when the transaction is committed, what has happened to a copy.
 * @param copy as it stands then
 */
export async function tellMailboxEvent(
  tx: Transaction,
  { accountId, revision }: Pick<CopyHead, "accountId" | "revision">,
  happened: Omit<MailboxEvent, "accountId" | "revision">,
): Promise<void> {
  const event: MailboxEvent = { accountId, revision: Number(revision), ...happened };
  const whole = JSON.stringify(event);
  const told = whole.length <= longestPayload ? whole : JSON.stringify({ ...event, ...uncounted(event) });
  await tx.$executeRaw`SELECT pg_notify(${mailboxChannel}, ${told})`;
}

/** What listeners are told: an event, or (null) that some may have been missed. */
type Listener = (event: MailboxEvent | null) => void;

/** What is told of the ends of sessions and accounts. */
type EndListener = (ended: Ended) => void;

interface Hub {
  readonly listeners: Map<string, Set<Listener>>;
  readonly endListeners: Set<EndListener>;
  readonly connection: ReconnectingConnection;
}

const addressed = z.looseObject({ accountId: z.string() });

/** One connection a process hears for all open pages. */
const hub = perProcess<Hub>("mailbox-events", () => {
  const listeners: Hub["listeners"] = new Map();
  const endListeners: Hub["endListeners"] = new Set();
  const connection = connectForever("listen", async (client) => {
    client.on("notification", ({ channel, payload = "" }) => {
      if (channel === endsChannel) tellEnd(endListeners, payload);
      else tell(listeners, payload);
    });
    await client.query(`LISTEN ${mailboxChannel}; LISTEN ${endsChannel}`);
    // Whatever was told before this connection listened, nobody here has heard.
    for (const each of listeners.values()) for (const listener of each) listener(null);
  });
  return { listeners, endListeners, connection };
});

function tell(listeners: Hub["listeners"], payload: string): void {
  // Written by `tellMailboxEvent`; parsed as far as it is looked at.
  const event = addressed.parse(JSON.parse(payload)) as unknown as MailboxEvent;
  for (const listener of listeners.get(event.accountId) ?? []) listener(event);
}

function tellEnd(listeners: Hub["endListeners"], payload: string): void {
  // Written by `tellSessionsEnded` and `tellAccountEnded`.
  const ended = JSON.parse(payload) as Ended;
  for (const listener of listeners) listener(ended);
}

/**
 * Calls `listener` when sessions or accounts end, in whatever process. While nothing can be heard, nothing is told:
 * who depends on it asks from time to time besides. @returns how to end it
 */
export function listenToEnds(listener: EndListener): () => void {
  const { endListeners } = hub();
  endListeners.add(listener);
  return () => void endListeners.delete(listener);
}

/** Calls `listener` with what happens to the copy of this account, in whatever process. @returns how to end it */
export function listenToMailbox(accountId: AccountId, listener: Listener): () => void {
  const { listeners } = hub();
  const each = listeners.get(accountId) ?? new Set();
  listeners.set(accountId, each.add(listener));
  return () => {
    each.delete(listener);
    if (each.size === 0 && listeners.get(accountId) === each) listeners.delete(accountId);
  };
}

/** Ends the connection that listens; for the end of the process. */
export async function closeMailboxEvents(): Promise<void> {
  await hub.take()?.connection.close();
}
