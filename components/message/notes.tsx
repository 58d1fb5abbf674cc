import { messagePartPath } from "#lib/domain/paths.ts";
import type { Problem, ReadableMessage } from "#lib/domain/readable-message.ts";
import { problemWords } from "#lib/i18n/problem-words.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly message: ReadableMessage;
  readonly accountId: string;
}

/** There is more text than is shown. */
const textIsCut = new Set<Problem["code"]>(["too-large", "too-deep", "not-read"]);

/** What speaks against the sender stands among the warnings; that there is no text, in its place. */
const saidElsewhere = new Set<Problem["code"]>(["misleading-name", "no-body"]);

/** What could not be shown, or not as it was meant. */
export function Notes({ message, accountId }: Props) {
  const t = useWords();
  const problems = message.problems.filter(({ code }) => !saidElsewhere.has(code));
  const notes = problems.map((problem) => problemWords(t, problem));
  if (notes.length === 0) return null;
  return (
    <ul
      aria-label={t("message.about")}
      className="mb-4 grid gap-1 rounded border border-line px-3 py-2 text-sm text-ink-2"
    >
      {[...new Set(notes)].map((note) => (
        <li key={note}>{note}</li>
      ))}
      {message.problems.some(({ code }) => textIsCut.has(code)) && (
        <li>
          <a
            href={messagePartPath(accountId, message.id, "text")}
            download
            className="underline underline-offset-2"
          >
            {t("message.wholeText")}
          </a>
        </li>
      )}
    </ul>
  );
}
