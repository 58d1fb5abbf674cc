/**
 * Labels that every mailbox has: an answer without one of them is not the list of its labels.
 * @see https://developers.google.com/workspace/gmail/api/guides/labels#types_of_labels
 */
export const systemLabels = ["INBOX", "SPAM", "TRASH", "UNREAD", "STARRED", "SENT", "DRAFT"] as const;
