import { notFound } from "next/navigation";
import { asMessageId } from "#lib/domain/ids.ts";
import { messagePath } from "#lib/domain/paths.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { answerOutcome } from "#lib/request/answer-outcome.ts";
import { imageAnswer } from "#lib/request/image-answer.ts";
import { limitPerson } from "#lib/request/limit.ts";
import { leavingOf } from "#lib/request/visit.ts";
import { requireAccount } from "#lib/session/require-account.ts";
import { readRemoteImage } from "#lib/use-cases/messages/read-remote-image.ts";

type Context = RouteContext<"/mail/[accountId]/message/[messageId]/image/[address]">;

/** A picture of a mail from elsewhere, fetched by this server, by an address that the message's frame was given. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { accountId, messageId, address } = await params;
  const { account, user } = await requireAccount(accountId, messagePath(accountId, messageId));
  await limitPerson("image", user);
  const id = asMessageId(messageId) ?? notFound();
  const outcome = await readRemoteImage(account.id, id, address, leavingOf(request));
  const t = await requestWords();
  return answerOutcome(outcome, (image) => imageAnswer(t, image));
}
