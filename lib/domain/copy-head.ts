import type { AccountId } from "./mail.ts";
import type { Trouble } from "./trouble.ts";

/** Where the copy of an account's mailbox stands. */
export interface CopyHead {
  readonly accountId: AccountId;
  /** Up to here every change is worked in. */
  readonly historyId: string;
  /** Grows with every change that is worked in. */
  readonly revision: bigint;
  /** Messages in the copy, and how many Google spoke of. */
  readonly messages: number;
  readonly estimatedTotal: number;
  readonly fillToken: string | null;
  /** Everything received since then is here; 0: all there is. Null: nothing is certain yet. Milliseconds. */
  readonly filledDownToMs: number | null;
  readonly filledAt: Date | null;
  readonly syncedAt: Date;
  readonly labelsAt: Date | null;
  readonly trouble: { readonly since: Date; readonly what: Trouble } | null;
  readonly listing: Listing | null;
  /** Listings of the whole mailbox that follow each other, and before when there is to be no further one. */
  readonly relistings: number;
  readonly relistAt: Date | null;
  /** How often the filling came to an end that Google contradicts, and before when it is not to try again. */
  readonly fillDoubts: number;
  readonly fillAgainAt: Date | null;
  readonly watchAskedAt: Date | null;
  readonly watchTopic: string | null;
  readonly watchRefusals: number;
  /** When every message that is here could be found by its thread and its sender; null until an old copy has come so far. */
  readonly indexedAt: Date | null;
}

/** A copy that could not be begun: it stands for one in which there is nothing yet. */
export const unstoredHead = (
  accountId: AccountId,
  { historyId, estimatedTotal }: Pick<CopyHead, "historyId" | "estimatedTotal">,
): CopyHead => ({
  accountId,
  historyId,
  estimatedTotal,
  revision: 0n,
  messages: 0,
  fillToken: null,
  filledDownToMs: null,
  filledAt: null,
  syncedAt: new Date(),
  labelsAt: null,
  trouble: null,
  listing: null,
  relistings: 0,
  relistAt: null,
  fillDoubts: 0,
  fillAgainAt: null,
  watchAskedAt: null,
  watchTopic: null,
  watchRefusals: 0,
  indexedAt: null,
});

/** A full synchronization under way: its labels are listed one after the other. */
export interface Listing {
  /** The mailbox's history id before the first list was asked for. */
  readonly historyId: string;
  /** Labels that are not listed to their end; the first is being listed. "" is the mailbox as a whole. */
  readonly pending: readonly string[];
  /** Where the first of them goes on; null for its beginning. */
  readonly token: string | null;
  /** Messages that Google counted before the first list was asked for. */
  readonly counted?: number;
  /** How often a list was shorter than Google's count of it, and before when it is not asked for again. */
  readonly doubts?: number;
  readonly againAtMs?: number;
}

/** What has just happened to a copy, told to open pages. Small: it travels through PostgreSQL's NOTIFY. */
export interface MailboxEvent {
  readonly accountId: AccountId;
  /** The copy's, as it is now. */
  readonly revision: number;
  /** New messages by list; null when there were more lists than fit. */
  readonly added: Readonly<Record<string, number>> | null;
  /** While the copy is filled: how far that is. */
  readonly filled?: FillingProgress;
  /** Whether reading from Google has begun or ceased to fail. */
  readonly trouble?: boolean;
  /** Messages that pages waited for, and that are here now; null when there may have been some. */
  readonly arrived?: readonly string[] | null;
}

/** How far a copy has been filled. */
export interface FillingProgress {
  readonly messages: number;
  readonly estimatedTotal: number;
  readonly done: boolean;
}

export const progressOf = ({ messages, estimatedTotal, filledAt }: CopyHead): FillingProgress => ({
  messages,
  estimatedTotal,
  done: filledAt !== null,
});
