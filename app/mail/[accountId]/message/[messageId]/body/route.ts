import { notFound } from "next/navigation";
import { asMessageId } from "#lib/domain/ids.ts";
import { messagePath } from "#lib/domain/paths.ts";
import { linkNoteWords } from "#lib/i18n/link-words.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { frameCsp } from "#lib/message/frame.ts";
import { answerOutcome } from "#lib/request/answer-outcome.ts";
import { leavingOf } from "#lib/request/visit.ts";
import { requireAccount } from "#lib/session/require-account.ts";
import { picturesOf, readMessageFrame } from "#lib/use-cases/messages/read-message-frame.ts";

type Context = RouteContext<"/mail/[accountId]/message/[messageId]/body">;

/** The HTML body, or that of a message within it, for its sandboxed frame and for nothing else. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { accountId, messageId } = await params;
  const { account } = await requireAccount(accountId, messagePath(accountId, messageId));
  const id = asMessageId(messageId) ?? notFound();
  const search = new URL(request.url).searchParams;
  const t = await requestWords();
  const outcome = await readMessageFrame(
    account.id,
    id,
    {
      part: search.get("part"),
      images: search.get("images") ?? "",
      quotedText: t("message.quoted"),
      linkNote: (note) => linkNoteWords(t, note),
      colors: search.get("colors") === "original" ? "original" : "adapted",
    },
    leavingOf(request),
  );
  return answerOutcome(outcome, (html) => ({
    body: html,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": frameCsp(picturesOf(account.id, id, html)),
    },
  }));
}
