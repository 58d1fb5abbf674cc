import { notFound } from "next/navigation";
import { asMessageId } from "#lib/domain/ids.ts";
import { messagePath } from "#lib/domain/paths.ts";
import { frameCsp } from "#lib/message/frame.ts";
import { answerOutcome } from "#lib/request/answer-outcome.ts";
import { limitPerson } from "#lib/request/limit.ts";
import { leavingOf } from "#lib/request/visit.ts";
import { requireAccount } from "#lib/session/require-account.ts";
import { picturesOf } from "#lib/use-cases/messages/read-message-frame.ts";
import { readRest } from "#lib/use-cases/messages/read-rest.ts";

type Context = RouteContext<"/mail/[accountId]/message/[messageId]/text/rest">;

/** What stands behind the text that the page shows of a long message, for a frame; or all of it, where no script makes one. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { accountId, messageId } = await params;
  const { account, user } = await requireAccount(accountId, messagePath(accountId, messageId));
  await limitPerson("download", user);
  const id = asMessageId(messageId) ?? notFound();
  const isWhole = new URL(request.url).searchParams.has("all");
  const outcome = await readRest(account.id, id, isWhole, leavingOf(request));
  return answerOutcome(outcome, (body) => ({
    body,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": frameCsp(picturesOf(account.id, id)),
    },
  }));
}
