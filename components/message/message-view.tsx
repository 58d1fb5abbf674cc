import type { ReadableMessage } from "#lib/domain/readable-message.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { Attachments } from "./attachments.tsx";
import { Cards } from "./cards.tsx";
import { Envelope } from "./envelope.tsx";
import { MessageBody } from "./message-body.tsx";
import { MessageMenu } from "./message-menu.tsx";
import { Notes } from "./notes.tsx";
import { Subject } from "./subject.tsx";

interface Props {
  readonly message: ReadableMessage;
  readonly accountId: string;
  /** The account's own address. */
  readonly ownAddress: string;
  readonly zone: string;
  readonly labelNames: ReadonlyMap<string, string>;
  /** For the frame that shows HTML. */
  readonly sandbox: string;
}

/** One message, as it is read. */
export function MessageView({ message, accountId, ownAddress, zone, labelNames, sandbox }: Props) {
  const t = useWords();
  const chips = message.labelIds.flatMap((id) => labelNames.get(id) ?? []);
  return (
    <article className="mx-auto max-w-[780px] px-4 pt-6 pb-20 md:px-6">
      <div className="flex items-start justify-between gap-3">
        <Subject text={message.subject} />
        <MessageMenu message={message} accountId={accountId} />
      </div>
      {chips.length > 0 && (
        <ul aria-label={t("message.labels")} className="mt-2 flex flex-wrap gap-1.5">
          {chips.map((name) => (
            <li key={name} className="rounded-full bg-idle-wash px-2 text-[11px] leading-[18px] text-ink-2">
              {name.replaceAll("/", " / ")}
            </li>
          ))}
        </ul>
      )}
      <Envelope message={message} zone={zone} />
      <Notes message={message} accountId={accountId} />
      <Cards {...{ message, accountId, ownAddress, zone }} />
      <MessageBody {...{ message, accountId, zone, sandbox }} />
      <Attachments
        attachments={message.attachments.filter(({ inline }) => !inline)}
        accountId={accountId}
        messageId={message.id}
      />
    </article>
  );
}
