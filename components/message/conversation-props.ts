/** What every message of a conversation is shown with, folded or open. */
export interface ConversationProps {
  readonly now: Date;
  readonly zone: string;
  /** The account's own address: its owner is "me". */
  readonly owner: string;
  /** The page that shows a message of this conversation, with what is open now staying so. */
  readonly hrefOf: (messageId: string) => string;
}
