import { type GmailContext, longString } from "./context.ts";

/** `users.getProfile`. */
export function getProfile({ mailbox, person }: GmailContext): unknown {
  return {
    emailAddress: person.email,
    messagesTotal: mailbox.order.length,
    threadsTotal: mailbox.threadCount(),
    historyId: longString(mailbox.history.current),
  };
}
