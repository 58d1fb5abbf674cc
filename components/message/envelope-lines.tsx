import type { ReactNode } from "react";
import type { MailAddress, ReadableMessage } from "#lib/domain/readable-message.ts";
import { datedAt, offsetOf } from "#lib/i18n/dates.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly message: ReadableMessage;
  /** The reader's. */
  readonly zone: string;
}

/** A message that was longer on its way than this says when it came in, too. */
const shortWayMs = 5 * 60_000;

/** Everybody that a message names, in full, and its dates. */
export function EnvelopeLines({ message, zone }: Props) {
  const t = useWords();
  const { from, authors, sentBy, replyTo, to, cc, bcc } = message;
  return (
    <dl className="grid gap-x-3 px-3.5 py-3 md:grid-cols-[auto_minmax(0,1fr)] md:gap-y-1">
      <People label={t("trust.from")} people={authors ?? (from ? [from] : [])} />
      <People label={t("trust.sender")} people={sentBy ? [sentBy] : []} />
      <People label={t("trust.replyTo")} people={replyTo} />
      <People label={t("trust.to")} people={to} />
      <People label={t("trust.cc")} people={cc} />
      <People label={t("trust.bcc")} people={bcc} />
      <Dates message={message} zone={zone} />
    </dl>
  );
}

function People({ label, people }: { readonly label: string; readonly people: readonly MailAddress[] }) {
  if (people.length === 0) return null;
  return (
    <Line label={label}>
      {people.map(({ name, address }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the people of a mail never move
        <span key={index} className="block break-words">
          {name && <bdi className="text-ink">{name}</bdi>} {address && <bdi>{address}</bdi>}
        </span>
      ))}
    </Line>
  );
}

/** When it was sent, by the reader's clocks and, where they differ, by the sender's. */
function Dates({ message: { date, dateOffsetMinutes, internalDateMs }, zone }: Props) {
  const t = useWords();
  const received = new Date(internalDateMs);
  const sent = date ?? received;
  const own = offsetOf(sent, zone);
  return (
    <>
      <Line label={t("trust.date")}>{datedAt(t, sent, own)}</Line>
      {dateOffsetMinutes !== null && dateOffsetMinutes !== own && (
        <Line label={t("trust.senderTime")}>{datedAt(t, sent, dateOffsetMinutes)}</Line>
      )}
      {Math.abs(received.getTime() - sent.getTime()) > shortWayMs && (
        <Line label={t("trust.received")}>{datedAt(t, received, offsetOf(received, zone))}</Line>
      )}
    </>
  );
}

function Line({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3 max-md:text-xs">{label}</dt>
      <dd className="min-w-0 max-md:mb-1.5">{children}</dd>
    </>
  );
}
