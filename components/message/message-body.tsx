import type { ReadableMessage } from "#lib/domain/readable-message.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { ContentBody } from "./content-body.tsx";
import { EnclosedMessages } from "./enclosed-messages.tsx";

interface Props {
  readonly message: ReadableMessage;
  readonly accountId: string;
  readonly zone: string;
  /** For the frame that shows HTML. */
  readonly sandbox: string;
  /** What lets the frame show pictures from elsewhere, this once; empty where it is not to. */
  readonly images: string;
}

/** What a message says, and the messages within it. */
export function MessageBody({ message, accountId, zone, sandbox, images }: Props) {
  const t = useWords();
  const place = { accountId, messageId: message.id, part: null, zone, sandbox, images };
  return (
    <>
      {/* An invitation that comes without words lacks none. */}
      {(message.body.kind !== "none" || message.cards.length === 0) && (
        <ContentBody content={message} place={place} title={t("message.body")} />
      )}
      <EnclosedMessages messages={message.enclosed} place={place} />
    </>
  );
}
