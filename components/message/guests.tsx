import { Check, CircleHelp, CornerUpRight, type LucideIcon, Minus, X } from "lucide-react";
import type { Answer, CalendarEvent, Guest } from "#lib/domain/card.ts";
import type { MailAddress } from "#lib/domain/readable-message.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import type { Words } from "#lib/i18n/words.ts";

interface Props {
  readonly event: CalendarEvent;
  readonly ownAddress: string;
}

/** More stand behind a button. */
const shownAtFirst = 10;

const looks: Readonly<Record<Answer, { readonly Icon: LucideIcon; readonly look: string }>> = {
  accepted: { Icon: Check, look: "text-ok" },
  tentative: { Icon: CircleHelp, look: "text-warn" },
  declined: { Icon: X, look: "text-bad" },
  delegated: { Icon: CornerUpRight, look: "text-ink-3" },
  none: { Icon: Minus, look: "text-ink-3" },
};

const order: readonly Answer[] = ["accepted", "tentative", "declined", "delegated", "none"];

/** Who is invited, and what they answered; the reader last. */
export function Guests({ event: { guests, guestCount, organizer }, ownAddress }: Props) {
  const t = useWords();
  const isOrganizer = ({ person }: Guest) =>
    organizer !== null && sameAddress(person.address, organizer.address);
  const rank = (guest: Guest) =>
    isOwn(guest.person, ownAddress) ? 9 : isOrganizer(guest) ? -1 : order.indexOf(guest.answer);
  const sorted = guests.toSorted((one, other) => rank(one) - rank(other));
  const [first, rest] = sorted.length > shownAtFirst + 2 ? split(sorted, ownAddress) : [sorted, []];
  const items = (some: readonly Guest[]) =>
    some.map((guest, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the guests of a mail never move
      <GuestItem key={index} {...{ guest, ownAddress, isOrganizer: isOrganizer(guest) }} />
    ));
  const unread = guestCount - guests.length;
  return (
    <>
      <p className="mb-1.5 flex flex-wrap gap-x-4 gap-y-0.5 text-ink-2 max-md:gap-x-3.5">
        <span>{t("invitation.invited", { count: guestCount })}</span>
        {unread === 0 && tally(t, guests).map((words) => <span key={words}>{words}</span>)}
      </p>
      <ul className={columns}>{items(first)}</ul>
      {rest.length > 0 && (
        <details>
          <summary className="mt-1 inline-block cursor-pointer py-1 text-ink-3 underline underline-offset-2 hover:text-ink">
            {t("invitation.showAllGuests", { count: guestCount })}
          </summary>
          <ul className={columns}>{items(rest)}</ul>
          {unread > 0 && <p className="text-ink-3">{t("invitation.moreGuests", { count: unread })}</p>}
        </details>
      )}
    </>
  );
}

const columns = "grid gap-x-6 md:grid-cols-2";

/** The reader is among the first, wherever they stand. */
function split(guests: readonly Guest[], ownAddress: string): [readonly Guest[], readonly Guest[]] {
  const own = guests.filter(({ person }) => isOwn(person, ownAddress));
  const others = guests.filter(({ person }) => !isOwn(person, ownAddress));
  const room = shownAtFirst - own.length;
  return [[...others.slice(0, room), ...own], others.slice(room)];
}

function tally(t: Words, guests: readonly Guest[]): string[] {
  const count = (answer: Answer) => guests.filter((guest) => guest.answer === answer).length;
  const named = ["accepted", "tentative", "declined", "none"] as const;
  return named.flatMap((answer) =>
    count(answer) === 0 ? [] : [t(`invitation.${answer}`, { count: count(answer) })],
  );
}

function GuestItem({
  guest: { person, answer, role, isPerson, comment, delegates },
  ownAddress,
  isOrganizer,
}: {
  readonly guest: Guest;
  readonly ownAddress: string;
  readonly isOrganizer: boolean;
}) {
  const t = useWords();
  const { Icon, look } = looks[answer];
  const own = isOwn(person, ownAddress);
  const notes = [
    isOrganizer && t("invitation.organizer"),
    !isPerson && t("invitation.role.room"),
    isPerson && role !== "required" && !isOrganizer && t(`invitation.role.${role}`),
    ...delegates.map((name) => t("invitation.insteadComes", { name })),
    comment && t("invitation.quoted", { text: comment }),
  ].filter(Boolean);
  const isQuiet = !own && (answer === "declined" || answer === "none");
  return (
    <li className={`flex min-h-6 items-start gap-2 py-0.5 ${isQuiet ? "text-ink-3" : ""}`}>
      <Icon size={16} strokeWidth={1.5} aria-hidden className={`mt-0.5 flex-none ${look}`} />
      <span className="min-w-0 break-words" title={person.name === null ? undefined : person.address}>
        <span className={own ? "font-semibold" : ""}>
          {own ? t("invitation.you") : person.name || person.address}
        </span>
        <span className="sr-only"> {t(`invitation.answer.${answer}`)}</span>
        {notes.length > 0 && <span className="ml-2 text-xs text-ink-3">{notes.join(" · ")}</span>}
      </span>
    </li>
  );
}

const sameAddress = (one: string, other: string): boolean => plain(one) === plain(other);

/** The reader's own address, however Google lets them write it. */
export const isOwn = ({ address }: MailAddress, ownAddress: string): boolean =>
  sameAddress(address, ownAddress);

/** Gmail gives the same mailbox to addresses with dots and with what follows a plus. */
function plain(address: string): string {
  const [local = "", domain = ""] = address.toLowerCase().split("@");
  if (domain !== "gmail.com" && domain !== "googlemail.com") return `${local}@${domain}`;
  return `${local.replace(/\+.*$/u, "").replaceAll(".", "")}@gmail.com`;
}
