import { messagePartPath } from "#lib/domain/paths.ts";
import type { MailAddress, Problem, ReadableMessage } from "#lib/domain/readable-message.ts";
import { problemWords } from "#lib/i18n/problem-words.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import type { Words } from "#lib/i18n/words.ts";
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
  const t = useWords();
  const chips = message.labelIds.flatMap((id) => labelNames.get(id) ?? []);
  return (
    <article className="mx-auto max-w-[780px] px-4 pt-6 pb-20 md:px-6">
      <Subject text={message.subject} />
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
      <Body message={message} accountId={accountId} sandbox={sandbox} />
      <Attachments
        attachments={message.attachments.filter(({ inline }) => !inline)}
        accountId={accountId}
        messageId={message.id}
      />
      <p className="mt-8 border-t border-line pt-3 text-xs text-ink-3">
        <a href={messagePartPath(accountId, message.id, "raw")} className="underline underline-offset-2">
          {t("message.raw")}
        </a>
      </p>
    </article>
  );
}

function Envelope({ message, zone }: { readonly message: ReadableMessage; readonly zone: string }) {
  const t = useWords();
  const { from, authors, to, cc, replyTo, sentBy, authentication } = message;
  const facts = [
    to.length ? t("message.to", { names: listed(t, to) }) : t("message.toNobody"),
    cc.length > 0 && t("message.cc", { names: listed(t, cc) }),
    replyTo.length > 0 &&
      replyTo[0]?.address !== from?.address &&
      t("message.replyTo", { names: listed(t, replyTo) }),
    sentBy && t("message.sentBy", { name: full(sentBy) }),
    authentication.signedBy && t("message.signedBy", { domain: authentication.signedBy }),
    authentication.encryptedInTransit === true && t("message.encrypted"),
    authentication.encryptedInTransit === false && t("message.notEncrypted"),
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
function listed(t: Words, addresses: readonly MailAddress[]): string {
  const shown = addresses.slice(0, 8).map(({ name, address }) => name ?? address);
  const names = shown.join(", ");
  const count = addresses.length - shown.length;
  return count > 0 ? t("message.andMore", { names, count }) : names;
}

/** There is more text than is shown. */
const textIsCut = new Set<Problem["code"]>(["too-large", "too-deep", "not-read"]);

/** What was left out, and what could not be shown. */
function Notes({ message, accountId }: Pick<Props, "message" | "accountId">) {
  const t = useWords();
  const { images, trackers } = message.remoteContent;
  const notes = message.problems.map((problem) => problemWords(t, problem));
  if (images > 0) {
    notes.unshift(
      trackers === 0
        ? t("message.images", { count: images })
        : t("message.imagesAndTrackers", { count: images, trackers }),
    );
  }
  if (notes.length === 0) return null;
  return (
    <ul
      aria-label={t("message.about")}
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
            {t("message.wholeText")}
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
  const t = useWords();
  switch (body.kind) {
    case "text":
      return <TextBody blocks={body.blocks} message={id} />;
    case "html":
      return (
        <BodyFrame
          src={messagePartPath(accountId, id, "body")}
          sandbox={sandbox}
          message={id}
          title={t("message.body")}
        />
      );
    case "none":
      return <p className="text-ink-3">{t("message.none")}</p>;
    default:
      return body satisfies never;
  }
}
