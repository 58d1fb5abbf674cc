import { ImageOff, Image as ImageOn, Link as LinkIcon } from "lucide-react";
import Link from "next/link";
import { Button } from "#components/ui/button.tsx";
import { allLinks, type MailLink } from "#lib/domain/mail-link.ts";
import { withoutImages } from "#lib/domain/paths.ts";
import type { ReadableMessage } from "#lib/domain/readable-message.ts";
import { allRemote, countRemote, type RemoteCounts } from "#lib/domain/remote-content.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import type { Words } from "#lib/i18n/words.ts";
import { PrivacyReport } from "./privacy-report.tsx";

/** How the pictures of a message are dealt with, and how that is changed. */
export interface ImageChoice {
  readonly shown: "never" | "once" | "always";
  /** Whose pictures may always be shown; null where the sender's domain does not stand behind the message. */
  readonly sender: string | null;
  /** For the frame's address: what lets it show them, this once; another word where they are always shown. */
  readonly once: string;
  /** The page that shows the message. */
  readonly page: string;
  readonly choose: (form: FormData) => Promise<void>;
}

interface Props {
  readonly message: ReadableMessage;
  readonly accountId: string;
  readonly images: ImageChoice;
}

/** What a message would load from elsewhere, by name, and whether it may. */
export function Pictures({ message, accountId, images: { shown, sender, page, choose } }: Props) {
  const t = useWords();
  const counts = countRemote(allRemote(message));
  const toSee = counts.images - counts.trackers;
  const links = allLinks(message);
  if (counts.images === 0 && links.length === 0) return null;
  const Icon = counts.images === 0 ? LinkIcon : shown === "never" ? ImageOff : ImageOn;
  const fields = { choose, accountId, messageId: message.id, page };
  return (
    <section
      aria-label={t("pictures.label")}
      className="mb-4 rounded border border-line px-3 py-2 text-sm text-ink-2"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Icon size={16} strokeWidth={1.5} aria-hidden className="flex-none" />
        <p className="min-w-0 flex-1 basis-52">
          {[...saidOfImages(t, counts, shown !== "never"), ...saidOfLinks(t, links)].join(" · ")}
        </p>
        {toSee > 0 && shown === "never" && (
          <>
            <Choice {...fields} what="once" label={t("pictures.once")} />
            {sender && <Choice {...fields} what="always" label={t("pictures.always")} />}
          </>
        )}
        {shown === "once" && (
          <Link
            href={withoutImages(page)}
            prefetch={false}
            className="inline-flex h-8 items-center rounded border border-line-strong bg-surface px-3 hover:bg-hover"
          >
            {t("pictures.hide")}
          </Link>
        )}
        {shown === "once" && sender && <Choice {...fields} what="always" label={t("pictures.always")} />}
        {shown === "always" && <Choice {...fields} what="stop" label={t("pictures.stop")} />}
      </div>
      <PrivacyReport message={message} shown={shown} isVouched={sender !== null} />
    </section>
  );
}

interface ChoiceProps {
  readonly choose: (form: FormData) => Promise<void>;
  readonly accountId: string;
  readonly messageId: string;
  readonly page: string;
  readonly what: "once" | "always" | "stop";
  readonly label: string;
}

/** A form, never a link: nothing in a mail can send it. */
function Choice({ choose, accountId, messageId, page, what, label }: ChoiceProps) {
  return (
    <form action={choose}>
      <input type="hidden" name="account" value={accountId} />
      <input type="hidden" name="message" value={messageId} />
      <input type="hidden" name="page" value={page} />
      <input type="hidden" name="what" value={what} />
      <Button>{label}</Button>
    </form>
  );
}

/** "5 remote images", "2 trackers: Mailchimp, HubSpot" */
function saidOfImages(t: Words, counts: RemoteCounts, isShown: boolean): string[] {
  const { images, trackers, services, unnamed } = counts;
  if (images === 0) return [];
  const others = unnamed > 0 && services.length > 0 ? [t("pictures.unnamed", { count: unnamed })] : [];
  const names = [...services, ...others];
  const named =
    names.length > 0
      ? t("pictures.trackersNamed", { count: trackers, names: names.join(", ") })
      : t("pictures.trackers", { count: trackers });
  const shown = isShown
    ? t("pictures.shown", { count: images - trackers })
    : t("pictures.images", { count: images });
  return trackers === 0
    ? [shown]
    : [shown, isShown ? t("pictures.stillBlocked", { trackers: named }) : named];
}

function saidOfLinks(t: Words, links: readonly MailLink[]): string[] {
  const cleaned = links.filter(({ original }) => original !== null).length;
  const noted = links.filter(({ note }) => note !== null).length;
  return [
    ...(cleaned > 0 ? [t("pictures.links.cleaned", { count: cleaned })] : []),
    ...(noted > 0 ? [t("pictures.links.noted", { count: noted })] : []),
  ];
}
