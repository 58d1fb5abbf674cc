import "server-only";
import type { MessageId } from "../../domain/mail.ts";
import type { Words } from "../../i18n/words.ts";
import type { RequestCopy } from "../copy/open-copy.ts";
import type { MessageOutcome } from "../messages/read-message.ts";
import { type PrintContent, type PrintReader, printOf, type ToPrint } from "../messages/read-print.ts";
import { readConversation } from "./read-conversation.ts";

/** The conversation of a message as one document for paper. Of messages that are not to be had, and of very many, the beginning. */
export async function printConversation(
  t: Words,
  copy: RequestCopy,
  id: MessageId,
  reader: PrintReader,
): Promise<MessageOutcome<PrintContent>> {
  const outcome = await readConversation(copy, id, "all");
  if (!outcome.ok) return outcome;
  const { messages } = outcome.conversation;
  const all: ToPrint[] = [];
  for (const { summary, content } of messages) {
    const read = await content;
    if (summary.id === id && read?.ok === false) return read;
    all.push({ summary, message: read?.ok ? read.content : null });
  }
  const asked = all.find(({ summary }) => summary.id === id);
  return { ok: true, content: await printOf(t, asked?.summary.subject ?? null, all, reader) };
}
