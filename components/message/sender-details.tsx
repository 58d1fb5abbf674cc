import { ChevronDown, ShieldAlert, ShieldCheck } from "lucide-react";
import type { ReadableMessage } from "#lib/domain/readable-message.ts";
import type { SenderHistory } from "#lib/domain/sender-trust.ts";
import { shortDate } from "#lib/i18n/dates.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import type { Words } from "#lib/i18n/words.ts";
import { EnvelopeLines } from "./envelope-lines.tsx";
import { Vouchers } from "./vouchers.tsx";

interface Props {
  readonly message: ReadableMessage;
  readonly zone: string;
  readonly history: SenderHistory | null;
  /** Something speaks against the sender: then nothing here looks as if all were well. */
  readonly isDoubted: boolean;
}

/** What vouches for a message in a word, and everything there is to it behind that: closed by Escape and by a click elsewhere, without JavaScript. */
export function SenderDetails({ message, zone, history, isDoubted }: Props) {
  const t = useWords();
  const { tone, text } = verdict(t, message);
  const id = `about-${message.id}`;
  const isGood = tone === "good" && !isDoubted;
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        className={`-mx-1 flex min-w-0 items-center gap-1 rounded px-1 py-0.5 text-left hover:bg-hover max-md:py-2 ${colors[tone]}`}
      >
        {isGood && <ShieldCheck size={14} strokeWidth={1.5} aria-hidden className="flex-none text-ok" />}
        {tone === "bad" && <ShieldAlert size={14} strokeWidth={1.5} aria-hidden className="flex-none" />}
        <span className="min-w-0 break-words">{text}</span>
        <ChevronDown size={12} strokeWidth={1.5} aria-hidden className="flex-none" />
      </button>
      <section
        id={id}
        popover="auto"
        aria-label={t("trust.about")}
        className="menu mx-2 max-h-[70vh] w-[460px] max-w-[calc(100vw-16px)] overflow-y-auto p-0 text-sm text-ink-2 [position-area:bottom_span-right]"
      >
        <Vouchers message={message} />
        <EnvelopeLines message={message} zone={zone} />
        {history && (
          <p className="border-t border-line px-3.5 py-2.5 text-xs text-ink-3">
            {historyWords(t, history, zone)}
          </p>
        )}
      </section>
    </>
  );
}

type Tone = "good" | "bad" | "plain";

const colors: Readonly<Record<Tone, string>> = { good: "text-ink", bad: "text-warn", plain: "text-ink-2" };

/** Of all that is known the one thing that is worth a word. */
function verdict(t: Words, { authentication, warnings }: ReadableMessage): { tone: Tone; text: string } {
  const { dmarc, signatures, sentBy } = authentication;
  const [signature] = signatures;
  const passedOn = warnings.find((warning) => warning.code === "passed-on");
  if (passedOn) return { tone: "plain", text: t("trust.throughShort", { by: passedOn.by }) };
  if (dmarc === "fail") return { tone: "bad", text: t("trust.notConfirmedShort") };
  if (signature?.isSenders) {
    return { tone: "good", text: t("trust.signedByShort", { domain: signature.domain }) };
  }
  if (dmarc === "pass" && sentBy) {
    return { tone: "good", text: t("trust.sentByShort", { domain: sentBy.domain }) };
  }
  if (signature) return { tone: "plain", text: t("trust.signedByShort", { domain: signature.domain }) };
  return { tone: "plain", text: t("trust.details") };
}

function historyWords(t: Words, { messages, isMore, sinceMs }: SenderHistory, zone: string): string {
  const said = { count: messages, since: shortDate(t, new Date(sinceMs), zone) };
  return isMore ? t("trust.messagesMore", said) : t("trust.messages", said);
}
