import "server-only";
import { database } from "../../db/client.ts";
import type { Label } from "../../domain/mail.ts";
import type { Mailbox } from "../../gmail/mailbox.ts";
import { readStoredLabels } from "../../mailbox/labels.ts";
import type { Copy } from "../copy/begin-copy.ts";

/**
 * The labels of a mailbox. One that the copy knows and the list lacks is asked for by itself before it counts as deleted,
 * since its messages lose it then. 1 unit, and 1 for each label that is missing.
 * @throws GmailError, QuotaPause, OAuthError
 */
export async function labelsNow({ accountId, sealer }: Copy, mailbox: Mailbox): Promise<Label[]> {
  const listed = await mailbox.listLabels();
  const ids = new Set(listed.map(({ id }) => id));
  const stored = await readStoredLabels(database(), sealer, accountId);
  const missing = stored.flatMap(({ label }) => (label && !ids.has(label.id) ? [label] : []));
  if (missing.length === 0) return listed;
  const there = await mailbox.countLabels(missing.map(({ id }) => id));
  return [...listed, ...missing.filter(({ id }) => there.has(id))];
}
