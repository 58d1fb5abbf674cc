import { notFound } from "next/navigation";
import { asMessageId } from "#lib/domain/ids.ts";
import { messagePath } from "#lib/domain/paths.ts";
import { answerOutcome, dispositionOf } from "#lib/request/answer-outcome.ts";
import { limitPerson } from "#lib/request/limit.ts";
import { timeZone } from "#lib/request/time-zone.ts";
import { leavingOf } from "#lib/request/visit.ts";
import { requireAccount } from "#lib/session/require-account.ts";
import { readRawMessage } from "#lib/use-cases/messages/read-raw-message.ts";

type Context = RouteContext<"/mail/[accountId]/message/[messageId]/raw">;

/** The message as RFC 822, to be saved. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { accountId, messageId } = await params;
  const { account, user } = await requireAccount(accountId, messagePath(accountId, messageId));
  await limitPerson("download", user);
  const id = asMessageId(messageId) ?? notFound();
  const outcome = await readRawMessage(account.id, id, await timeZone(), leavingOf(request));
  return answerOutcome(outcome, ({ bytes, filename }) => ({
    body: bytes,
    headers: {
      "content-type": "message/rfc822",
      "content-disposition": dispositionOf(filename),
    },
  }));
}
