import { notFound } from "next/navigation";
import { asMessageId } from "#lib/domain/ids.ts";
import { messagePath } from "#lib/domain/paths.ts";
import { answerOutcome } from "#lib/request/answer-outcome.ts";
import { limitPerson } from "#lib/request/limit.ts";
import { serveFile } from "#lib/request/serve-file.ts";
import { leavingOf } from "#lib/request/visit.ts";
import { requireAccount } from "#lib/session/require-account.ts";
import { readAttachment } from "#lib/use-cases/messages/read-attachment.ts";

type Context = RouteContext<"/mail/[accountId]/message/[messageId]/attachment/[part]">;

/** One attachment, to be saved; pictures and sounds may be shown in place. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { accountId, messageId, part } = await params;
  const { account, user } = await requireAccount(accountId, messagePath(accountId, messageId));
  await limitPerson("download", user);
  const outcome = await readAttachment(
    account.id,
    asMessageId(messageId) ?? notFound(),
    part,
    leavingOf(request),
  );
  return answerOutcome(outcome, (file) => serveFile(file, request.headers));
}
