import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Time } from "#components/ui/time.tsx";
import type { EnclosedMessage, MailAddress } from "#lib/domain/readable-message.ts";
import { problemWords } from "#lib/i18n/problem-words.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { Attachments } from "./attachments.tsx";
import { type BodyPlace, ContentBody } from "./content-body.tsx";

interface Props {
  readonly messages: readonly EnclosedMessage[];
  readonly place: BodyPlace;
}

/** Up to so many are open at once; of more, a digest say, each opens by itself. */
const openAtMost = 2;

/** The messages within a message. */
export function EnclosedMessages({ messages, place }: Props) {
  const t = useWords();
  if (messages.length === 0) return null;
  return (
    <section aria-label={t("bodies.enclosed.label", { count: messages.length })} className="mt-6 grid gap-3">
      {messages.map((message) => (
        <Enclosed
          key={message.partId}
          message={message}
          place={place}
          isOpen={messages.length <= openAtMost}
        />
      ))}
    </section>
  );
}

interface EnclosedProps {
  readonly message: EnclosedMessage;
  readonly place: BodyPlace;
  readonly isOpen: boolean;
}

function Enclosed({ message, place, isOpen }: EnclosedProps) {
  const t = useWords();
  const { from, to, cc, date, partId, problems, attachments } = message;
  const subject = message.subject ?? t("bodies.enclosed.noSubject");
  const notes = [...new Set(problems.map((problem) => problemWords(t, problem)))];
  return (
    <details open={isOpen} className="group rounded border border-line">
      <summary className="flex cursor-pointer list-none items-baseline gap-2 px-3 py-2.5 hover:bg-hover [&::-webkit-details-marker]:hidden">
        <ChevronRight
          size={16}
          strokeWidth={1.5}
          aria-hidden
          className="flex-none self-center transition-transform group-open:rotate-90 motion-reduce:transition-none"
        />
        <span className="min-w-0 flex-1">
          <span className="block break-words">{subject}</span>
          <span className="block truncate text-xs text-ink-3">
            {from === null ? t("bodies.enclosed.unknownSender") : from.name || from.address}
          </span>
        </span>
      </summary>
      <div className="border-t border-line px-3 py-3">
        <dl className="mb-3 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-xs text-ink-3">
          <Fact name={t("bodies.enclosed.from")}>{from && full(from)}</Fact>
          <Fact name={t("bodies.enclosed.to")}>{listed(to)}</Fact>
          <Fact name={t("bodies.enclosed.cc")}>{listed(cc)}</Fact>
          <Fact name={t("bodies.enclosed.date")}>{date && <Time at={date} zone={place.zone} />}</Fact>
        </dl>
        {notes.map((note) => (
          <p key={note} className="mb-2 text-sm text-ink-2">
            {note}
          </p>
        ))}
        <ContentBody
          content={message}
          place={{ ...place, part: partId }}
          title={t("bodies.enclosed.body", { subject })}
        />
        <Attachments
          isWithin
          attachments={attachments.filter(({ inline }) => !inline)}
          accountId={place.accountId}
          messageId={place.messageId}
        />
        <EnclosedMessages messages={message.enclosed} place={place} />
      </div>
    </details>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  if (!children) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd className="min-w-0 break-words text-ink-2">{children}</dd>
    </>
  );
}

const full = ({ name, address }: MailAddress): string =>
  name && address ? `${name} <${address}>` : name || address;

/** As many as anybody reads: the others stand in the message's source. */
const listed = (addresses: readonly MailAddress[]): string =>
  addresses.slice(0, 20).map(full).join(", ") + (addresses.length > 20 ? "…" : "");
