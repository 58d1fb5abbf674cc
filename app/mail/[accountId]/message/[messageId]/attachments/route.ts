import { notFound } from "next/navigation";
import { asMessageId } from "#lib/domain/ids.ts";
import { messagePath } from "#lib/domain/paths.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { answerOutcome, dispositionOf } from "#lib/request/answer-outcome.ts";
import { limitPerson } from "#lib/request/limit.ts";
import { leavingOf } from "#lib/request/visit.ts";
import { requireAccount } from "#lib/session/require-account.ts";
import { zipAttachments } from "#lib/use-cases/messages/zip-attachments.ts";

type Context = RouteContext<"/mail/[accountId]/message/[messageId]/attachments">;

/** All attachments of a message in one file, to be saved. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { accountId, messageId } = await params;
  const { account, user } = await requireAccount(accountId, messagePath(accountId, messageId));
  await limitPerson("download", user);
  const id = asMessageId(messageId) ?? notFound();
  const t = await requestWords();
  const words = {
    unnamed: t("files.zipName"),
    missingFile: `${t("files.missingName")}.txt`,
    missing: (names: string) => `${t("files.missing")}\n\n${names}\n`,
  };
  const outcome = await zipAttachments(account.id, id, words, leavingOf(request));
  return answerOutcome(outcome, ({ bytes, filename }) => ({
    body: bytes,
    headers: { "content-type": "application/zip", "content-disposition": dispositionOf(filename) },
  }));
}
