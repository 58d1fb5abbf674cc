import { messagePartPath } from "#lib/domain/paths.ts";
import type { MailAddress, Problem, ReadableMessage } from "#lib/domain/readable-message.ts";
import { counted } from "#lib/i18n/numbers.ts";
import { problemWords } from "#lib/i18n/problem-words.ts";
import { Attachments } from "./attachments.tsx";
import { BodyFrame } from "./body-frame.tsx";
import { Sender } from "./sender.tsx";
import { Subject } from "./subject.tsx";
import { TextBody } from "./text-body.tsx";

interface Props {
  readonly message: ReadableMessage;
  readonly accountId: string;
  readonly zone: string;
  readonly labelNames: ReadonlyMap<string, string>;
  /** For the frame that shows HTML. */
  readonly sandbox: string;
}

/** One message, as it is read. */
export function MessageView({ message, accountId, zone, labelNames, sandbox }: Props) {
  const chips = message.labelIds.flatMap((id) => labelNames.get(id) ?? []);
  return (
    <article className="mx-auto max-w-[780px] px-4 pt-6 pb-20 md:px-6">
      <Subject text={message.subject} />
      {chips.length > 0 && (
        <ul aria-label="Labels of this message" className="mt-2 flex flex-wrap gap-1.5">
          {chips.map((name) => (
            <li key={name} className="rounded-full bg-idle-wash px-2 text-[11px] leading-[18px] text-ink-2">
              {name.replaceAll("/", " / ")}
            </li>
          ))}
        </ul>
      )}
      <Envelope message={message} zone={zone} />
      <Notes message={message} accountId={accountId} />
      <Body message={message} accountId={accountId} sandbox={sandbox} />
      <Attachments
        attachments={message.attachments.filter(({ inline }) => !inline)}
        accountId={accountId}
        messageId={message.id}
      />
      <p className="mt-8 border-t border-line pt-3 text-xs text-ink-3">
        <a href={messagePartPath(accountId, message.id, "raw")} className="underline underline-offset-2">
          Download the message as it was sent
        </a>
      </p>
    </article>
  );
}

function Envelope({ message, zone }: { readonly message: ReadableMessage; readonly zone: string }) {
  const { from, authors, to, cc, replyTo, sentBy, authentication } = message;
  const facts = [
    `to ${to.length ? list(to) : "(nobody named)"}`,
    cc.length > 0 && `copy to ${list(cc)}`,
    replyTo.length > 0 && replyTo[0]?.address !== from?.address && `replies go to ${list(replyTo)}`,
    sentBy && `sent by ${full(sentBy)}`,
    authentication.signedBy && `signed by ${authentication.signedBy}`,
    authentication.encryptedInTransit === true && "encrypted on the way",
    authentication.encryptedInTransit === false && "not encrypted on the way",
  ].filter(Boolean);
  return (
    <Sender
      authors={authors ?? (from ? [from] : [])}
      at={new Date(message.internalDateMs)}
      zone={zone}
      facts={facts.join(" · ")}
    />
  );
}

const full = ({ name, address }: MailAddress): string => (name ? `${name} <${address}>` : address);

/** Everybody, as long as that helps. */
function list(addresses: readonly MailAddress[]): string {
  const shown = addresses.slice(0, 8).map(({ name, address }) => name ?? address);
  const more = addresses.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}

/** There is more text than is shown. */
const textIsCut = new Set<Problem["code"]>(["too-large", "too-deep", "not-read"]);

/** What was left out, and what could not be shown. */
function Notes({ message, accountId }: Pick<Props, "message" | "accountId">) {
  const { images, trackers } = message.remoteContent;
  const notes = message.problems.map(problemWords);
  if (images > 0) {
    const which = trackers === 0 ? "" : `, ${trackers} of them ${trackers === 1 ? "a tracker" : "trackers"}`;
    const were = images === 1 ? "was" : "were";
    notes.unshift(`${counted(images, "remote image", "remote images")} ${were} not loaded${which}.`);
  }
  if (notes.length === 0) return null;
  return (
    <ul
      aria-label="About this message"
      className="mb-4 grid gap-1 rounded border border-line px-3 py-2 text-sm text-ink-2"
    >
      {[...new Set(notes)].map((note) => (
        <li key={note}>{note}</li>
      ))}
      {message.problems.some(({ code }) => textIsCut.has(code)) && (
        <li>
          <a
            href={messagePartPath(accountId, message.id, "text")}
            download
            className="underline underline-offset-2"
          >
            Show all as plain text
          </a>
        </li>
      )}
    </ul>
  );
}

function Body({
  message: { id, body },
  accountId,
  sandbox,
}: Pick<Props, "message" | "accountId" | "sandbox">) {
  switch (body.kind) {
    case "text":
      return <TextBody blocks={body.blocks} message={id} />;
    case "html":
      return <BodyFrame src={messagePartPath(accountId, id, "body")} sandbox={sandbox} message={id} />;
    case "none":
      return <p className="text-ink-3">This message has no text.</p>;
    default:
      return body satisfies never;
  }
}
