import { notFound } from "next/navigation";
import { asMessageId } from "#lib/domain/ids.ts";
import { messagePath } from "#lib/domain/paths.ts";
import { answerOutcome } from "#lib/request/answer-outcome.ts";
import { limitPerson } from "#lib/request/limit.ts";
import { pageNumber } from "#lib/request/page-number.ts";
import { leavingOf } from "#lib/request/visit.ts";
import { requireAccount } from "#lib/session/require-account.ts";
import { readPdfPage } from "#lib/use-cases/messages/read-pdf-page.ts";

type Context = RouteContext<"/mail/[accountId]/message/[messageId]/attachment/[part]/page/[page]">;

/** A page of an attached document, as a picture. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { accountId, messageId, part, page } = await params;
  const { account, user } = await requireAccount(accountId, messagePath(accountId, messageId));
  await limitPerson("download", user);
  const address = {
    accountId: account.id,
    messageId: asMessageId(messageId) ?? notFound(),
    partName: part,
    page: pageNumber(page) ?? notFound(),
  };
  const outcome = await readPdfPage(address, leavingOf(request));
  return answerOutcome(outcome, ({ png }) => ({
    body: new Uint8Array(png),
    headers: { "content-type": "image/png", "content-disposition": "inline" },
  }));
}
