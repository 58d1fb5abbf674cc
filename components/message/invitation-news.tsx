import {
  CalendarX,
  CircleCheck,
  CircleHelp,
  CircleX,
  History,
  type LucideIcon,
  MailPlus,
  UserRound,
} from "lucide-react";
import type { ReactNode } from "react";
import type { Answer, CalendarCard, CalendarEvent, EventSpan } from "#lib/domain/card.ts";
import { spanWords } from "#lib/i18n/event-words.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import type { Words } from "#lib/i18n/words.ts";

interface Props {
  readonly card: CalendarCard;
  readonly event: CalendarEvent;
  readonly now: Date;
  readonly zone: string;
}

type Tone = "ok" | "warn" | "bad" | "idle";

interface News {
  readonly tone: Tone;
  readonly Icon: LucideIcon;
  readonly text: ReactNode;
}

const tones: Readonly<Record<Tone, string>> = {
  ok: "bg-ok-wash text-ok",
  warn: "bg-warn-wash text-warn",
  bad: "bg-bad-wash text-bad",
  idle: "bg-idle-wash text-ink-2",
};

/** What is new about an event: changed, cancelled, answered. Nothing for a plain invitation. */
export function InvitationNews({ card, event, now, zone }: Props) {
  const t = useWords();
  const news = newsOf(t, card, event, (span) => spanWords(t, span, now, zone).whole);
  if (news === null) return null;
  const { tone, Icon, text } = news;
  const comment = event.comment ?? (card.method === "reply" ? event.guests[0]?.comment : null);
  return (
    <p className={`flex gap-2.5 px-3.5 py-[9px] md:px-5 ${tones[tone]}`}>
      <Icon size={16} strokeWidth={1.5} aria-hidden className="mt-0.5 flex-none" />
      <span className="min-w-0 break-words">
        {text}
        {comment && <span className="text-ink-2"> {t("invitation.quoted", { text: comment })}</span>}
      </span>
    </p>
  );
}

const replies: Readonly<Record<Answer, Omit<News, "text">>> = {
  accepted: { tone: "ok", Icon: CircleCheck },
  tentative: { tone: "warn", Icon: CircleHelp },
  declined: { tone: "bad", Icon: CircleX },
  delegated: { tone: "idle", Icon: UserRound },
  none: { tone: "idle", Icon: CircleHelp },
};

function newsOf(
  t: Words,
  { method }: CalendarCard,
  event: CalendarEvent,
  written: (span: EventSpan) => string,
): News | null {
  const [guest] = event.guests;
  const speaker = guest?.person.name || guest?.person.address || t("invitation.somebody");
  if (method === "cancel" || event.isCancelled)
    return { tone: "bad", Icon: CalendarX, text: cancelled(t, event) };
  switch (method) {
    case "reply": {
      const answer = guest?.answer ?? "none";
      return { ...replies[answer], text: t(`invitation.reply.${answer}`, { name: speaker }) };
    }
    case "counter":
      return {
        tone: "warn",
        Icon: History,
        text: event.was
          ? t.rich("invitation.counterTo", { name: speaker, was: written(event.was), before: struck })
          : t("invitation.counter", { name: speaker }),
      };
    case "refresh":
      return { tone: "idle", Icon: MailPlus, text: t("invitation.refresh", { name: speaker }) };
    case "declinecounter": {
      const name = event.organizer?.name || event.organizer?.address || t("invitation.somebody");
      return { tone: "idle", Icon: History, text: t("invitation.declinecounter", { name }) };
    }
    case "add":
      return { tone: "warn", Icon: MailPlus, text: t("invitation.add") };
    default:
      if (event.was !== null) {
        const text = t.rich("invitation.changedFrom", { was: written(event.was), before: struck });
        return { tone: "warn", Icon: History, text };
      }
      if (event.sequence > 0 && method === "request") {
        return { tone: "warn", Icon: History, text: t("invitation.updated") };
      }
      return event.isTentative
        ? { tone: "idle", Icon: CircleHelp, text: t("invitation.tentativeEvent") }
        : null;
  }
}

const struck = (text: ReactNode) => <s className="decoration-1">{text}</s>;

function cancelled(t: Words, { ofSeries }: CalendarEvent): string {
  if (ofSeries === null) return t("invitation.cancelled");
  return t(ofSeries.andLater ? "invitation.cancelledLater" : "invitation.cancelledOne");
}
