import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import type { MessageSummary } from "#lib/domain/readable-message.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { authorWords } from "#lib/i18n/who-words.ts";
import type { ConversationProps } from "./conversation-props.ts";
import { FoldedLine, foldedLook } from "./folded-message.tsx";

interface Props extends Pick<ConversationProps, "now" | "zone" | "owner"> {
  readonly summary: MessageSummary;
  /** Whether it can be folded: one that is alone cannot. */
  readonly folds: boolean;
  readonly children: ReactNode;
}

export const messageAnchor = (id: string): string => `message-${id}`;

/** A message that stands open. It folds without a script; then it is the line that folded ones are. */
export function OpenMessage({ summary, folds, children, ...rest }: Props) {
  const t = useWords();
  const label = t("conversation.message", { name: authorWords(t, summary, rest.owner) });
  const place = {
    id: messageAnchor(summary.id),
    role: "group",
    "data-message": true,
    tabIndex: -1,
    "aria-label": label,
    className: "scroll-mt-16 outline-none",
  };
  if (!folds) return <div {...place}>{children}</div>;
  return (
    <div {...place}>
      <details open className="group/message relative">
        <summary
          title={t("conversation.fold")}
          className="list-none group-open/message:absolute group-open/message:top-4 group-open/message:right-9 group-open/message:z-[1] group-open/message:size-6 group-open/message:rounded group-open/message:hover:bg-hover md:group-open/message:top-6 md:group-open/message:-right-6 [&::-webkit-details-marker]:hidden"
        >
          <span className={`${foldedLook} group-open/message:hidden`}>
            <FoldedLine summary={summary} {...rest} />
          </span>
          <span className="hidden size-full place-items-center text-ink-3 group-open/message:grid">
            <ChevronDown size={14} strokeWidth={1.5} aria-hidden />
            <span className="sr-only">{t("conversation.foldOne", { label })}</span>
          </span>
        </summary>
        <div className="pb-6">{children}</div>
      </details>
    </div>
  );
}
