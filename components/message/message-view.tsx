import type { ReadableMessage } from "#lib/domain/readable-message.ts";
import type { SenderTrust } from "#lib/domain/sender-trust.ts";
import { Attachments } from "./attachments.tsx";
import { Cards } from "./cards.tsx";
import { Envelope } from "./envelope.tsx";
import { MessageBody } from "./message-body.tsx";
import { MessageMenu } from "./message-menu.tsx";
import { Notes } from "./notes.tsx";
import { type ImageChoice, Pictures } from "./pictures.tsx";
import { SenderWarnings, warningsOf } from "./sender-warnings.tsx";
import { Unsubscribe } from "./unsubscribe.tsx";

interface Props {
  readonly message: ReadableMessage;
  readonly accountId: string;
  /** The account's own address. */
  readonly ownAddress: string;
  readonly zone: string;
  /** What the copy knows of the sender; null where it says nothing. */
  readonly trust: SenderTrust | null;
  /** For the frame that shows HTML. */
  readonly sandbox: string;
  readonly images: ImageChoice;
}

/** One message, as it is read. */
export function MessageView(props: Props) {
  const { message, accountId, ownAddress, zone, trust, sandbox, images } = props;
  return (
    <div>
      <div className="mt-3.5 flex items-start gap-2 max-md:gap-9 border-t border-line">
        <div className="min-w-0 flex-1">
          <Envelope {...{ message, zone, ownAddress, trust }}>
            <Unsubscribe message={message} accountId={accountId} />
          </Envelope>
        </div>
        <div className="mt-3.5">
          <MessageMenu message={message} accountId={accountId} />
        </div>
      </div>
      <SenderWarnings warnings={warningsOf(message, trust)} />
      <Notes message={message} accountId={accountId} />
      <Cards {...{ message, accountId, ownAddress, zone }} />
      <Pictures message={message} accountId={accountId} images={images} />
      <MessageBody {...{ message, accountId, zone, sandbox }} images={images.once} />
      <Attachments
        attachments={message.attachments.filter(({ inline }) => !inline)}
        accountId={accountId}
        messageId={message.id}
      />
    </div>
  );
}
