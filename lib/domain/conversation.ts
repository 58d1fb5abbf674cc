/** A conversation as its page shows it. Types only: components may import this file. */
import type { MessageId } from "./mail.ts";
import type { MessageSummary } from "./readable-message.ts";

/** Messages of a conversation that Gmail leaves out of it: those in spam and in the bin, unless one of them was asked for. */
export interface LeftOut {
  readonly where: "spam" | "bin";
  readonly count: number;
  /** The newest of them: its page shows them. */
  readonly newest: MessageId;
}

/** A message that is folded, or stands open. */
export interface ConversationEntry {
  readonly summary: MessageSummary;
  readonly isOpen: boolean;
}
