import type { MessageSummary } from "#lib/domain/readable-message.ts";
import { Sender } from "./sender.tsx";
import { Subject } from "./subject.tsx";

/** What is known of a message whose text is not here. */
export function MessageBeginning({
  message,
  zone,
}: {
  readonly message: MessageSummary;
  readonly zone: string;
}) {
  const { subject, from, authors, internalDateMs, snippet } = message;
  return (
    <article className="mx-auto max-w-[780px] px-4 pt-6 pb-20 md:px-6">
      <Subject text={subject} />
      <Sender authors={authors ?? (from ? [from] : [])} at={new Date(internalDateMs)} zone={zone} facts="" />
      {snippet && <p className="break-words">{snippet}…</p>}
    </article>
  );
}
