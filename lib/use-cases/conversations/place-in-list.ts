import "server-only";
import { database } from "../../db/client.ts";
import type { MessageId } from "../../domain/mail.ts";
import type { MessagePage, PageRow } from "../../domain/message-page.ts";
import { readNeighbours } from "../../mailbox/neighbours.ts";
import { unlessUnusable } from "../accounts/usable-account.ts";
import type { RequestCopy } from "../copy/open-copy.ts";
import { type PageRequest, readMessagePage } from "../lists/read-message-page.ts";
import { totalOf } from "../lists/stored-page.ts";

/** Where a message stands in the list that it was opened from. */
export interface PlaceInList {
  readonly newer: MessageId | null;
  readonly older: MessageId | null;
  /** From 1; null where nobody has counted so far. */
  readonly position: number | null;
  readonly total: MessagePage["total"];
}

/**
 * The messages beside one, in a list of the copy; of a search, those beside it on its page.
 * @returns null when the message is not (any more) in that list, or nobody can say
 */
export async function readPlaceInList(
  reading: RequestCopy,
  asked: PageRequest,
  id: MessageId,
): Promise<PlaceInList | null> {
  return asked.query === "" ? inCopy(reading, asked, id) : onPage(reading, asked, id);
}

async function inCopy(
  { accountId, copy: opening }: RequestCopy,
  { list }: PageRequest,
  id: MessageId,
): Promise<PlaceInList | null> {
  const copy = await unlessUnusable(opening);
  const found = copy && (await readNeighbours(database(), accountId, list.id, id));
  if (!copy?.head || !found) return null;
  const { newer, older, before } = found;
  const position = before === null ? null : before + 1;
  const known = copy.labels.find((label) => label.id === list.id) ?? null;
  return { newer, older, position, total: totalOf({ head: copy.head, list: known }, position ?? 0) };
}

async function onPage(reading: RequestCopy, asked: PageRequest, id: MessageId): Promise<PlaceInList | null> {
  const outcome = await readMessagePage(reading, asked);
  if (!outcome.ok) return null;
  const { rows, from, total } = outcome.page;
  const at = rows.findIndex((row) => idOf(row) === id);
  if (at === -1) return null;
  const beside = (place: number) => (rows[place] ? idOf(rows[place]) : null);
  return { newer: beside(at - 1), older: beside(at + 1), position: from + at, total };
}

const idOf = (row: PageRow): MessageId => (row.kind === "message" ? row.message.id : row.id);
