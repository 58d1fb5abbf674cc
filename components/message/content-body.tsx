import { allTextPath, bodyPath, restPath } from "#lib/domain/paths.ts";
import type { MessageContent } from "#lib/domain/readable-message.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { BodyFrame } from "./body-frame.tsx";
import { ColorChoice } from "./color-choice.tsx";
import { ReportNotice } from "./report-notice.tsx";
import { RestOfText } from "./rest-of-text.tsx";
import { TextBody } from "./text-body.tsx";

/** Where a body stands, for what it asks the server for. */
export interface BodyPlace {
  readonly accountId: string;
  readonly messageId: string;
  /** The part that holds the message; null for the outermost one. */
  readonly part: string | null;
  /** Of whoever reads. */
  readonly zone: string;
  /** For the frame that shows HTML. */
  readonly sandbox: string;
  /** What lets the frame show pictures from elsewhere, this once; empty where it is not to. */
  readonly images: string;
}

interface Props {
  readonly content: MessageContent;
  readonly place: BodyPlace;
  /** What the frame is called. */
  readonly title: string;
}

/** What a message says: its report, and its text or its HTML in a frame. */
export function ContentBody({ content, place, title }: Props) {
  const { report, enclosed } = content;
  return (
    <>
      {report && <ReportNotice report={report} hasOriginal={enclosed.length > 0} zone={place.zone} />}
      <Body content={content} place={place} title={title} />
    </>
  );
}

function Body({ content: { body, report, enclosed }, place, title }: Props) {
  const t = useWords();
  const { accountId, messageId, part, sandbox, images } = place;
  // What its reader has folded is remembered by it.
  const name = part === null ? messageId : `${messageId}/${part}`;
  const address = bodyPath(accountId, messageId, part, images);
  switch (body.kind) {
    case "text":
      return (
        <>
          <TextBody blocks={body.blocks} message={name} />
          {body.isCut && part === null && (
            <RestOfText
              rest={restPath(accountId, messageId)}
              all={allTextPath(accountId, messageId)}
              message={messageId}
              sandbox={sandbox}
              words={{
                showAll: t("bodies.more.showAll"),
                title: t("bodies.more.label"),
                fullSize: t("html.fullSize"),
                fit: t("html.fit"),
              }}
            />
          )}
        </>
      );
    case "html":
      return (
        <div data-pending="">
          {body.hasOwnColors && <ColorChoice frame={name} address={address} />}
          <BodyFrame
            src={address}
            sandbox={sandbox}
            message={name}
            title={title}
            heightPx={Math.max(body.heightPx, 60)}
            fullSizeText={t("html.fullSize")}
            fitText={t("html.fit")}
          />
        </div>
      );
    case "none":
      return report || enclosed.length > 0 ? null : <p className="text-ink-3">{t("message.none")}</p>;
    default:
      return body satisfies never;
  }
}
