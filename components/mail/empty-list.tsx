interface Props {
  readonly query: string;
  readonly isInbox: boolean;
}

/** Nothing is an answer too. */
export function EmptyList({ query, isInbox }: Props) {
  return (
    <div className="grid place-items-center px-6 py-24 text-center">
      <p className="text-lg font-medium">{query ? "Nothing matches this search" : "Nothing here"}</p>
      <p className="mt-1 max-w-md text-sm text-ink-2">{hint(query, isInbox)}</p>
    </div>
  );
}

function hint(query: string, isInbox: boolean): string {
  if (query)
    return "Gmail's operators work here: from:, subject:, has:attachment, before:2026/11/01, in:anywhere.";
  return isInbox ? "New mail is here the next time you look." : "There is no message with this label.";
}
