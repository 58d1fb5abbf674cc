import Link from "next/link";
import type { LeftOut } from "#lib/domain/conversation.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import type { ConversationProps } from "./conversation-props.ts";

interface Props extends Pick<ConversationProps, "hrefOf"> {
  readonly leftOut: readonly LeftOut[];
}

/** What Gmail leaves out of a conversation, and where it can be read. */
export function LeftOutMessages({ leftOut, hrefOf }: Props) {
  const t = useWords();
  return leftOut.map(({ where, count, newest }) => (
    <p key={where} className="mt-3 border-t border-line pt-3 text-xs text-ink-3">
      {t(where === "bin" ? "conversation.inBin" : "conversation.inSpam", { count })}{" "}
      <Link href={hrefOf(newest)} prefetch={false} className="underline underline-offset-2">
        {t("conversation.showThem")}
      </Link>
    </p>
  ));
}
