import type { LabelId } from "../domain/mail.ts";

/** Labels as they are stored: each once, in one order, so that equal sets are equal values. */
export const inOrder = (labelIds: Iterable<LabelId>): LabelId[] => [...new Set(labelIds)].sort();
