import { notFound } from "next/navigation";
import { asMessageId } from "#lib/domain/ids.ts";
import { messagePath } from "#lib/domain/paths.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { answerOutcome, dispositionOf } from "#lib/request/answer-outcome.ts";
import { limitPerson } from "#lib/request/limit.ts";
import { leavingOf } from "#lib/request/visit.ts";
import { requireAccount } from "#lib/session/require-account.ts";
import { readWholeText } from "#lib/use-cases/messages/read-whole-text.ts";

type Context = RouteContext<"/mail/[accountId]/message/[messageId]/text">;

/** All the text of a message, to be saved: the page shows the beginning of a long one. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { accountId, messageId } = await params;
  const { account, user } = await requireAccount(accountId, messagePath(accountId, messageId));
  await limitPerson("download", user);
  const leftOut = (await requestWords())("message.textLeftOut");
  const id = asMessageId(messageId) ?? notFound();
  const outcome = await readWholeText(account.id, id, leftOut, leavingOf(request));
  return answerOutcome(outcome, (body) => ({
    body,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "content-disposition": dispositionOf(`${messageId}.txt`),
    },
  }));
}
