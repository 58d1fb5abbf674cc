import { Paperclip, Star } from "lucide-react";
import Link from "next/link";
import type { PageRow } from "#lib/domain/message-page.ts";
import { rowAnchor } from "#lib/domain/paths.ts";
import type { MessageSummary } from "#lib/domain/readable-message.ts";
import { dayGroup, listTime, longDate } from "#lib/i18n/dates.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { authorWords, recipientWords } from "#lib/i18n/who-words.ts";
import type { Words } from "#lib/i18n/words.ts";

interface Props {
  readonly rows: readonly PageRow[];
  readonly now: Date;
  readonly zone: string;
  readonly hrefOf: (messageId: string) => string;
  /** Names of the labels that are worth a chip, by id. */
  readonly labelNames: ReadonlyMap<string, string>;
  /** In Sent it matters whom a message goes to. */
  readonly showRecipients: boolean;
}

export function MessageList(props: Props) {
  const t = useWords();
  const groups = groupByDay(t, props.rows, props.now, props.zone);
  // Flat, and each row by its own key: when new mail comes in on top, the rows below stay what they are.
  const items = groups.flatMap(({ day, rows }) => [
    <li key={`day ${day}`} aria-hidden className="px-4 pt-3.5 pb-1.5 text-xs font-medium text-ink-3 md:px-5">
      {day ?? <DaySkeleton />}
    </li>,
    ...rows.map((row, index) => (
      <li key={keyOf(row)} aria-hidden={row.kind === "awaited" || undefined}>
        {row.kind === "message" && <Row {...props} t={t} message={row.message} />}
        {row.kind === "awaited" && <RowSkeleton index={index} />}
        {row.kind === "withheld" && <Withheld t={t} />}
      </li>
    )),
  ]);
  return (
    <ul aria-label={t("list.messages")} className="pb-10">
      {items}
    </ul>
  );
}

const keyOf = (row: PageRow): string => (row.kind === "message" ? row.message.id : row.id);

interface Group {
  /** Null while nobody knows. */
  readonly day: string | null;
  readonly rows: PageRow[];
}

function groupByDay(t: Words, rows: readonly PageRow[], now: Date, zone: string): Group[] {
  const groups: Group[] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    const day =
      row.kind === "message"
        ? dayGroup(t, new Date(row.message.internalDateMs), now, zone)
        : (last?.day ?? null);
    if (last && last.day === day) last.rows.push(row);
    else groups.push({ day, rows: [row] });
  }
  return groups;
}

interface RowProps extends Props {
  readonly t: Words;
  readonly message: MessageSummary;
}

function Row({ t, message, now, zone, hrefOf, labelNames, showRecipients }: RowProps) {
  const at = new Date(message.internalDateMs);
  const strong = message.unread ? "font-semibold text-ink" : "text-ink";
  const chips = message.labelIds.flatMap((id) => labelNames.get(id) ?? []);
  // Named by what one chooses by; the snippet is long, so it is the description, and hidden from the name.
  const snippetId = `${message.id}-snippet`;
  return (
    <Link
      aria-describedby={snippetId}
      href={hrefOf(message.id)}
      prefetch={false}
      id={rowAnchor(message.id)}
      data-row
      className="row text-sm text-ink-2 outline-offset-[-2px] hover:bg-hover focus-visible:bg-brass-wash"
    >
      <span className={`size-[7px] rounded-full [grid-area:dot] ${message.unread ? "bg-brass-mark" : ""}`}>
        {message.unread && <span className="sr-only">{t("list.isUnread")} </span>}
      </span>
      <span className={`[grid-area:who] max-md:text-base ${strong}`}>
        {message.draft && <span className="font-normal text-bad">{t("list.isDraft")} </span>}
        {whoWords(t, message, showRecipients)}
      </span>
      <span className="[grid-area:what]">
        <span className={strong}>{message.subject ?? t("list.noSubject")}</span>{" "}
        <span id={snippetId} aria-hidden className="text-ink-3">
          {message.snippet}
        </span>
      </span>
      <span className="flex items-center justify-end gap-1.5 text-ink-3 [grid-area:tags]">
        {chips.slice(0, 2).map((name) => (
          <span
            key={name}
            className="max-w-36 truncate rounded-full bg-idle-wash px-2 text-[11px] leading-[18px] text-ink-2 max-md:hidden"
          >
            {name.replaceAll("/", " / ")}
          </span>
        ))}
        {message.starred && (
          <Star size={14} strokeWidth={1.5} aria-label={t("list.isStarred")} className="fill-current" />
        )}
        {message.hasAttachment && (
          <Paperclip size={14} strokeWidth={1.5} aria-label={t("list.hasAttachments")} />
        )}
      </span>
      <time
        dateTime={at.toISOString()}
        title={longDate(t, at, zone)}
        className={`text-right text-xs [grid-area:when] ${message.unread ? "text-ink" : "text-ink-3"}`}
      >
        {listTime(t, at, now, zone)}
      </time>
    </Link>
  );
}

function whoWords(t: Words, message: MessageSummary, showRecipients: boolean): string {
  return showRecipients && !message.draft ? recipientWords(t, message) : authorWords(t, message);
}

/** Gmail names a message and does not give it: its place says so. */
function Withheld({ t }: { readonly t: Words }) {
  return (
    <div className="row text-sm text-ink-3">
      <span className="[grid-area:who]">{t("list.withheldWho")}</span>
      <span className="[grid-area:what]">{t("list.withheldWhat")}</span>
    </div>
  );
}

const widths = ["w-1/2", "w-2/3", "w-5/12", "w-3/5"];

const DaySkeleton = () => <span className="skeleton inline-block h-2.5 w-12" />;

/** The place of a row that comes, of its height. */
const RowSkeleton = ({ index }: { readonly index: number }) => (
  <div className="row">
    <span className="skeleton h-3 w-28 [grid-area:who]" />
    <span className={`skeleton h-3 [grid-area:what] ${widths[index % widths.length]}`} />
    <span className="skeleton h-3 w-10 justify-self-end [grid-area:when]" />
  </div>
);

/** Rows of the same height as those that come. */
export function MessageListSkeleton() {
  const t = useWords();
  return (
    <div role="status" aria-label={t("list.messagesLoading")}>
      <div className="px-4 pt-3.5 pb-1.5 text-xs md:px-5">
        <DaySkeleton />
      </div>
      {Array.from({ length: 16 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical placeholders that never move
        <RowSkeleton key={index} index={index} />
      ))}
    </div>
  );
}
