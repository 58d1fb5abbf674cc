import type { ConversationEntry } from "#lib/domain/conversation.ts";
import type { MessageSummary } from "#lib/domain/readable-message.ts";

export type Grouped =
  | { readonly kind: "entry"; readonly entry: ConversationEntry }
  | { readonly kind: "earlier"; readonly summaries: readonly MessageSummary[] };

/** Fewer lines than this are not worth a line that hides them. */
const hiddenAtLeast = 3;

/**
 * Entries with the middle of a long conversation put behind one line: what is folded after the first message, but for the last
 * of it, which says what the first open one answers.
 */
export function grouped(entries: readonly ConversationEntry[]): Grouped[] {
  const firstOpen = entries.findIndex(({ isOpen }, index) => index > 0 && isOpen);
  const hidden = entries.slice(1, Math.max(1, firstOpen - 1));
  const each = (some: readonly ConversationEntry[]): Grouped[] =>
    some.map((entry) => ({ kind: "entry", entry }));
  if (hidden.length < hiddenAtLeast) return each(entries);
  return [
    ...each(entries.slice(0, 1)),
    { kind: "earlier", summaries: hidden.map(({ summary }) => summary) },
    ...each(entries.slice(1 + hidden.length)),
  ];
}
