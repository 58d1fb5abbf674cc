import type { GmailContext } from "./context.ts";
import { notFound } from "./errors.ts";

/** `users.labels.list`: no counts here. */
export function listLabels({ mailbox }: GmailContext): unknown {
  return { labels: [...mailbox.labels.values()] };
}

/** `users.labels.get`: one label with its counts. */
export function getLabel({ mailbox, parameters }: GmailContext): unknown {
  const label = mailbox.labels.get(parameters[0] ?? "");
  if (!label) throw notFound();
  const wearing = mailbox.labelSets.select((worn) => worn.has(label.id));
  const unread = mailbox.labelSets.select((worn) => worn.has(label.id) && worn.has("UNREAD"));
  const [threads, threadsUnread] = [new Set<number>(), new Set<number>()];
  let [messagesTotal, messagesUnread] = [0, 0];
  for (const index of mailbox.order) {
    const set = mailbox.sets[index] ?? 0;
    if (!wearing[set]) continue;
    const thread = mailbox.threads[index] ?? index;
    messagesTotal += 1;
    threads.add(thread);
    if (!unread[set]) continue;
    messagesUnread += 1;
    threadsUnread.add(thread);
  }
  return {
    ...label,
    messagesTotal,
    messagesUnread,
    threadsTotal: threads.size,
    threadsUnread: threadsUnread.size,
  };
}
