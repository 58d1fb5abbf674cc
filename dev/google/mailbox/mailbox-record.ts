import type { StoredContent } from "./content.ts";
import type { Change } from "./history.ts";
import type { Label } from "./labels.ts";

/** How a mailbox differs from its seed: what the state file keeps of it. */
export interface MailboxRecord {
  seeded: number;
  length: number;
  delivered: { index: number; content: StoredContent; dateMs: number; thread: number }[];
  deleted: number[];
  relabelled: { index: number; historyId: number; labelIds: string[] }[];
  labels: Label[];
  nextLabel: number;
  history: { changes: Change[]; current: number; floor: number };
}
