import type { CalendarCard } from "#lib/domain/card.ts";
import { spanWords } from "#lib/i18n/event-words.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly card: CalendarCard;
  readonly now: Date;
  readonly zone: string;
}

/** What else stands in a file of several events. */
export function OtherEvents({ card: { events, moreEvents }, now, zone }: Props) {
  const t = useWords();
  const others = events.slice(1);
  if (others.length === 0 && moreEvents === 0) return null;
  return (
    <section className="border-t border-line px-3.5 py-2.5 md:px-5">
      <h3 className="text-ink-3">{t("invitation.others")}</h3>
      <ul>
        {others.map((event, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the events of a file never move
          <li key={index} className="flex flex-wrap gap-x-4 py-0.5">
            <span className="text-ink-2">{spanWords(t, event, now, zone).whole}</span>
            <span className={`min-w-0 break-words ${event.isCancelled ? "text-ink-3 line-through" : ""}`}>
              {event.title ?? t("invitation.noTitle")}
            </span>
          </li>
        ))}
        {moreEvents > 0 && (
          <li className="text-ink-3">{t("invitation.moreEvents", { count: moreEvents })}</li>
        )}
      </ul>
    </section>
  );
}
