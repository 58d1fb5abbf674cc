import type { MessageSummary } from "#lib/domain/readable-message.ts";
import { Sender } from "./sender.tsx";

/** What is known of a message whose text is not here. */
export function MessageBeginning({
  message,
  zone,
}: {
  readonly message: MessageSummary;
  readonly zone: string;
}) {
  const { from, authors, internalDateMs, snippet } = message;
  return (
    <div className="mt-3.5 border-t border-line">
      <Sender authors={authors ?? (from ? [from] : [])} at={new Date(internalDateMs)} zone={zone} />
      {snippet && <p className="break-words">{snippet}…</p>}
    </div>
  );
}
