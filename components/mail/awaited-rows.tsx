import Link from "next/link";
import { ReadAgain } from "#components/shell/read-again.tsx";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  /** How many rows of the page have not come yet. */
  readonly messages: number;
  readonly now: Date;
  /** The page that shows this. */
  readonly path: string;
}

/** Should no event tell that rows have come, the page looks by itself. */
const lookAfterMs = 10_000;

/** How many rows are on their way. Below the list, so that nothing moves when they are here. */
export function AwaitedRows({ messages, now, path }: Props) {
  const t = useWords();
  return (
    <>
      <p role="status" className={`px-4 text-sm text-ink-3 md:px-5 ${messages > 0 ? "pb-10" : ""}`}>
        {messages > 0 && t("list.onTheirWay", { count: messages })}
        {messages > 0 && (
          <noscript>
            {" "}
            <Link href={path} prefetch={false} className="underline underline-offset-2">
              {t("list.showNow")}
            </Link>
          </noscript>
        )}
      </p>
      {messages > 0 && <ReadAgain afterMs={lookAfterMs} since={now.getTime()} />}
    </>
  );
}
