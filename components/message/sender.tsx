import type { ReactNode } from "react";
import { Face } from "#components/shell/account-switcher.tsx";
import { Time } from "#components/ui/time.tsx";
import type { MailAddress } from "#lib/domain/readable-message.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  /** Everybody who wrote it; empty when nobody is named. */
  readonly authors: readonly MailAddress[];
  readonly at: Date;
  readonly zone: string;
  /** To whom it went, and what vouches for it. */
  readonly children?: ReactNode;
}

/** As many authors as anybody reads; how many more there are is said. */
const shownAtMost = 8;

/** Who sent a message, and when. */
export function Sender({ authors, at, zone, children }: Props) {
  const t = useWords();
  const [first] = authors;
  const more = authors.length - shownAtMost;
  return (
    <div className="grid grid-cols-[36px_1fr] items-start gap-x-3 py-4 md:grid-cols-[36px_1fr_auto]">
      <div className="grid size-9 place-items-center [&>span]:size-9 [&>span]:text-base">
        <Face name={first?.name || first?.address || "?"} />
      </div>
      <div className="min-w-0">
        {authors.length === 0 && <p className="font-semibold">{t("list.unknownSender")}</p>}
        {authors.slice(0, shownAtMost).map((author, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the authors of a mail never move
          <Author key={index} author={author} />
        ))}
        {more > 0 && <p className="text-sm text-ink-3">{t("message.moreAuthors", { count: more })}</p>}
        {children}
      </div>
      <Time
        at={at}
        zone={zone}
        className="text-xs leading-[22px] text-ink-3 max-md:col-start-2 max-md:mt-1"
      />
    </div>
  );
}

function Author({ author: { name, address } }: { readonly author: MailAddress }) {
  const t = useWords();
  return (
    <p className="break-words">
      <bdi className="font-semibold">{name ?? (address || t("list.unknownSender"))}</bdi>{" "}
      {name && <bdi className="text-sm text-ink-3">{address || t("message.noAddress")}</bdi>}
    </p>
  );
}
