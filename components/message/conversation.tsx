import type { ReactNode } from "react";
import type { ConversationEntry, LeftOut } from "#lib/domain/conversation.ts";
import type { MessageSummary } from "#lib/domain/readable-message.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import type { ConversationProps } from "./conversation-props.ts";
import { EarlierMessages } from "./earlier-messages.tsx";
import { FoldedMessage } from "./folded-message.tsx";
import { grouped } from "./grouped.ts";
import { LeftOutMessages } from "./left-out-messages.tsx";
import { OpenMessage } from "./open-message.tsx";

interface Props extends ConversationProps {
  readonly entries: readonly ConversationEntry[];
  readonly leftOut: readonly LeftOut[];
  /** An open message. */
  readonly children: (message: MessageSummary) => ReactNode;
}

/** The messages of a conversation, oldest first: folded to a line, or open. */
export function Conversation({ entries, leftOut, children, ...rest }: Props) {
  const t = useWords();
  const [only, ...others] = entries;
  if (only && others.length === 0)
    return (
      <section aria-label={t("conversation.region")}>
        <OpenMessage summary={only.summary} folds={false} {...rest}>
          {children(only.summary)}
        </OpenMessage>
        <LeftOutMessages leftOut={leftOut} hrefOf={rest.hrefOf} />
      </section>
    );
  return (
    <section aria-label={t("conversation.region")}>
      <ol className="mt-3.5">
        {grouped(entries).map((group) => {
          if (group.kind === "earlier")
            return <EarlierMessages key="earlier" summaries={group.summaries} {...rest} />;
          const { summary, isOpen } = group.entry;
          return (
            <li key={summary.id}>
              {isOpen ? (
                <OpenMessage summary={summary} folds {...rest}>
                  {children(summary)}
                </OpenMessage>
              ) : (
                <FoldedMessage summary={summary} {...rest} />
              )}
            </li>
          );
        })}
      </ol>
      <LeftOutMessages leftOut={leftOut} hrefOf={rest.hrefOf} />
    </section>
  );
}
