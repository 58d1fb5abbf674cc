import { longDate } from "#lib/i18n/dates.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly at: Date;
  readonly zone: string;
  readonly className?: string;
  /** What is shown; the full date unless told. The full date is always there for those who point at it. */
  readonly children?: string;
}

export function Time({ at, zone, className, children }: Props) {
  const full = longDate(useWords(), at, zone);
  return (
    <time dateTime={at.toISOString()} title={full} className={className}>
      {children ?? full}
    </time>
  );
}
