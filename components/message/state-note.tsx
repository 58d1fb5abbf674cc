import { FilePen, OctagonAlert, Trash2 } from "lucide-react";
import { labelIdOf } from "#lib/domain/ids.ts";
import type { MessageSummary } from "#lib/domain/readable-message.ts";
import { useWords } from "#lib/i18n/request-words.ts";

const states = [
  {
    label: labelIdOf("DRAFT"),
    words: "conversation.isDraft",
    Icon: FilePen,
    look: "bg-idle-wash text-ink-2",
  },
  { label: labelIdOf("TRASH"), words: "conversation.isInBin", Icon: Trash2, look: "bg-idle-wash text-ink-2" },
  {
    label: labelIdOf("SPAM"),
    words: "conversation.isSpam",
    Icon: OctagonAlert,
    look: "bg-warn-wash text-warn",
  },
] as const;

/** That a message is no ordinary one: a draft, in the bin, in spam. */
export function StateNote({ summary: { labelIds } }: { readonly summary: MessageSummary }) {
  const t = useWords();
  return states
    .filter(({ label }) => labelIds.includes(label))
    .map(({ words, Icon, look }) => (
      <p key={words} className={`mt-3 flex items-center gap-2.5 rounded px-3 py-2 text-sm ${look}`}>
        <Icon size={16} strokeWidth={1.5} aria-hidden className="flex-none" />
        {t(words)}
      </p>
    ));
}
