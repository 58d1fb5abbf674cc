import "server-only";
import type { AccountId, Label, LabelCounts, LabelId } from "../domain/mail.ts";
import type { Trouble } from "../domain/trouble.ts";
import { openMailboxFor } from "./open-mailbox-for.ts";
import { letRowsGoFirst } from "./rows-first.ts";
import { troubleOf } from "./trouble-of.ts";

export type LabelsOutcome =
  | { readonly ok: true; readonly labels: readonly Label[] }
  | { readonly ok: false; readonly trouble: Trouble };

/** The names of an account's labels; 1 unit. */
export async function readLabels(accountId: AccountId, signal?: AbortSignal | null): Promise<LabelsOutcome> {
  try {
    return { ok: true, labels: await openMailboxFor(accountId, signal).listLabels() };
  } catch (error) {
    return { ok: false, trouble: await troubleOf(error, accountId) };
  }
}

/** Counts beside labels help and are not what anybody came for: without them the names stand alone. */
export async function readLabelCounts(
  accountId: AccountId,
  ids: readonly LabelId[],
  signal?: AbortSignal | null,
): Promise<ReadonlyMap<LabelId, LabelCounts>> {
  await letRowsGoFirst(accountId);
  try {
    return await openMailboxFor(accountId, signal).countLabels(ids);
  } catch (error) {
    await troubleOf(error, accountId);
    return new Map();
  }
}
