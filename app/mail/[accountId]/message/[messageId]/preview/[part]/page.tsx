import { notFound } from "next/navigation";
import { BackLink } from "#components/mail/back-link.tsx";
import { SearchBox } from "#components/mail/search-box.tsx";
import { PreviewView } from "#components/message/preview/preview-view.tsx";
import { TopBar } from "#components/shell/top-bar.tsx";
import { TroubleNotice } from "#components/shell/trouble-notice.tsx";
import { asMessageId } from "#lib/domain/ids.ts";
import { messagePath, previewPath } from "#lib/domain/paths.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { titled } from "#lib/i18n/titled.ts";
import { limitPerson } from "#lib/request/limit.ts";
import { pageNumber } from "#lib/request/page-number.ts";
import { requestSignal } from "#lib/request/visit.ts";
import { requireAccount } from "#lib/session/require-account.ts";
import { previewAttachment } from "#lib/use-cases/messages/preview-attachment.ts";

type Props = PageProps<"/mail/[accountId]/message/[messageId]/preview/[part]">;

export const generateMetadata = titled("files.preview.page");

/** One attachment, as far as it can be shown. */
export default async function PreviewPage({ params, searchParams }: Props) {
  const { accountId, messageId, part } = await params;
  const path = previewPath(accountId, messageId, part);
  const { account, user } = await requireAccount(accountId, path);
  await limitPerson("download", user);
  const id = asMessageId(messageId) ?? notFound();
  const page = pageNumber((await searchParams).page) ?? 1;
  const address = { accountId: account.id, messageId: id, partName: part, page };
  const outcome = await previewAttachment(address, requestSignal());
  const trouble = outcome.ok ? null : outcome.trouble === "not-found" ? notFound() : outcome.trouble;
  const t = await requestWords();
  return (
    <div>
      <TopBar>
        <BackLink
          href={messagePath(accountId, messageId)}
          label={t("original.back")}
          title={t("original.backKey")}
        />
        <SearchBox accountId={account.id} query="" />
      </TopBar>
      <main id="main">
        {trouble && <TroubleNotice {...{ trouble, accountId, path }} />}
        {outcome.ok && <PreviewView {...outcome.content} accountId={account.id} messageId={id} />}
      </main>
    </div>
  );
}
