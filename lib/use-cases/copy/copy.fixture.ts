import { expect } from "vitest";
import type { Control } from "#dev/google/control-client.ts";
import { database } from "../../db/client.ts";
import type { AccountId } from "../../domain/mail.ts";
import { env } from "../../env.ts";
import { readCopyHead } from "../../mailbox/copy-head.ts";
import { readStoredLabels } from "../../mailbox/labels.ts";
import { timeSlice } from "../../queue/mail-jobs.ts";
import { readSealer } from "../../vault/data-key.ts";
import { fillMailbox } from "../sync/fill-mailbox.ts";
import { syncMailbox } from "../sync/sync-mailbox.ts";

/** As long as it takes, in this process and without a queue. */
const longSlice = () => timeSlice(60_000, new AbortController().signal);

/** Fills the copy to its end. */
export async function fill(accountId: AccountId): Promise<void> {
  while (!(await fillMailbox(accountId, longSlice())).done);
}

/** Brings the copy into step, whatever that takes, with the names of its labels. */
export async function sync(accountId: AccountId): Promise<void> {
  await database().copyHead.updateMany({ where: { accountId }, data: { labelsAt: null } });
  while (!(await syncMailbox(accountId, longSlice())).done);
  await fill(accountId);
}

export const headOf = async (accountId: AccountId) => {
  const head = await readCopyHead(database(), accountId);
  if (!head) throw new Error("There is no copy.");
  return head;
};

/** What the copy holds, in the form of the control API. */
export async function copyOf(accountId: AccountId) {
  const rows = await database().copiedMessage.findMany({ where: { accountId } });
  return rows
    .map(({ messageId, internalDate, labelIds }) => ({
      id: messageId,
      internalDateMs: Number(internalDate),
      labelIds,
    }))
    .sort(byId);
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

const hiding = ["SPAM", "TRASH"];

/** The lists that the messages of a mailbox make, with their counts: computed here in another way than in the product. */
function listsOf(messages: readonly { id: string; labelIds: readonly string[] }[]) {
  const lists = new Map<string, { ids: string[]; unread: number }>();
  for (const { id, labelIds } of messages) {
    const hidden = labelIds.some((label) => hiding.includes(label));
    for (const list of ["*", ...labelIds]) {
      if (hidden && !hiding.includes(list)) continue;
      const known = lists.get(list) ?? { ids: [], unread: 0 };
      known.ids.push(id);
      if (labelIds.includes("UNREAD")) known.unread += 1;
      lists.set(list, known);
    }
  }
  return Object.fromEntries(
    [...lists].sort().map(([list, { ids, unread }]) => [list, { ids: ids.sort(), unread }]),
  );
}

/** The copy is the mailbox: message by message, label by label, list by list, count by count, name by name. */
export async function expectInStep(google: Control, email: string, accountId: AccountId): Promise<void> {
  const mailbox = await google.mailbox(email);
  expect(await copyOf(accountId)).toEqual(mailbox.messages.toSorted(byId));
  const expected = listsOf(mailbox.messages);
  expect(await storedLists(accountId)).toEqual(expected);
  const sealer = await readSealer(database(), env().TOKEN_KEYS, accountId);
  if (!sealer) throw new Error("There is no key.");
  const labels = await readStoredLabels(database(), sealer, accountId);
  const named = labels.flatMap(({ label }) => (label ? [{ id: label.id as string, name: label.name }] : []));
  expect(named.sort(byId)).toEqual(mailbox.labels.toSorted(byId));
  const { messages } = await headOf(accountId);
  expect(messages).toBe(mailbox.messages.length);
}

async function storedLists(accountId: AccountId) {
  const rows = await database().messageLabel.findMany({ where: { accountId } });
  const counts = await database().copiedLabel.findMany({ where: { accountId, messages: { not: 0 } } });
  const lists: Record<string, { ids: string[]; unread: number }> = {};
  for (const { labelId, messages, unread } of counts.sort((a, b) => (a.labelId < b.labelId ? -1 : 1))) {
    const ids = rows.filter((row) => row.labelId === labelId).map(({ messageId }) => messageId);
    expect({ labelId, messages }).toEqual({ labelId, messages: ids.length });
    lists[labelId] = { ids: ids.sort(), unread };
  }
  expect(new Set(rows.map(({ labelId }) => labelId))).toEqual(new Set(Object.keys(lists)));
  return lists;
}
