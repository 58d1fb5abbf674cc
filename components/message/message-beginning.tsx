import type { MessageSummary } from "#lib/domain/readable-message.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { recipientWords } from "#lib/i18n/who-words.ts";
import { Sender } from "./sender.tsx";

/** What is known of a message whose text is not here. */
export function MessageBeginning({
  message,
  zone,
}: {
  readonly message: MessageSummary;
  readonly zone: string;
}) {
  const t = useWords();
  const { from, authors, internalDateMs, snippet } = message;
  return (
    <div className="mt-3.5 border-t border-line">
      <Sender authors={authors ?? (from ? [from] : [])} at={new Date(internalDateMs)} zone={zone}>
        {/* As high as what comes in its place. */}
        <p className="truncate text-xs leading-[20px] text-ink-3">{recipientWords(t, message)}</p>
      </Sender>
      {snippet && <p className="text-lg break-words">{snippet}…</p>}
    </div>
  );
}
