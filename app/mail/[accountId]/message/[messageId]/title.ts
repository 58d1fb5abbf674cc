import type { Metadata } from "next";
import { asMessageId } from "#lib/domain/ids.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { readMessageAddress } from "#lib/request/message-address.ts";
import { shownConversation } from "#lib/request/read-once.ts";
import { currentReader } from "#lib/session/require-account.ts";

type Params = Promise<{ readonly accountId: string; readonly messageId: string }>;
type Search = Promise<Record<string, string | string[] | undefined>>;

/** The subject of a message as the title of its page; for whoever may not read it, nothing of it. */
export async function titleOf(params: Params, search: Search): Promise<Metadata> {
  const [{ accountId, messageId }, { open }] = [await params, readMessageAddress(await search)];
  const t = await requestWords();
  const [reader, id] = [await currentReader(accountId), asMessageId(messageId)];
  const outcome = reader && id ? await shownConversation(reader.account.id, id, open) : null;
  const asked = outcome?.ok ? outcome.conversation.messages.find(({ summary }) => summary.id === id) : null;
  const title = asked ? (asked.summary.subject ?? t("list.noSubject")) : t("message.page");
  // Next puts a title into the layout's by `replace`, to which "$&" and "$$" are more than they say.
  return { title: title.replaceAll("$", "$$$$") };
}
