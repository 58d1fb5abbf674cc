import { notFound } from "next/navigation";
import { asMessageId } from "#lib/domain/ids.ts";
import { messagePartPath } from "#lib/domain/paths.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { answerOutcome } from "#lib/request/answer-outcome.ts";
import { limitPerson } from "#lib/request/limit.ts";
import { requestCopy } from "#lib/request/read-once.ts";
import { timeZone } from "#lib/request/time-zone.ts";
import { leavingOf } from "#lib/request/visit.ts";
import { requireAccount } from "#lib/session/require-account.ts";
import { printConversation } from "#lib/use-cases/conversations/print-conversation.ts";
import { readPrint } from "#lib/use-cases/messages/read-print.ts";

type Context = RouteContext<"/mail/[accountId]/message/[messageId]/print">;

/** A message, or its conversation, for paper: a document of its own, with the policy of the frame that mail is shown in. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { accountId, messageId } = await params;
  const path = messagePartPath(accountId, messageId, "print");
  const { account, user } = await requireAccount(accountId, path);
  await limitPerson("download", user);
  const id = asMessageId(messageId) ?? notFound();
  const [t, zone] = await Promise.all([requestWords(), timeZone()]);
  const reader = { accountId: account.id, zone, signal: leavingOf(request) };
  const outcome = new URL(request.url).searchParams.has("conversation")
    ? await printConversation(t, requestCopy(account.id), id, reader)
    : await readPrint(t, id, reader);
  return answerOutcome(outcome, ({ html, policy }) => ({
    body: html,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
    },
  }));
}
