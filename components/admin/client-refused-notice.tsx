import { Banner } from "#components/ui/banner.tsx";
import type { ClientRefusalWord } from "#lib/domain/client-refusal.ts";
import { longDate } from "#lib/i18n/dates.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly refusals: {
    readonly accounts: number;
    readonly since: Date;
    readonly words: readonly ClientRefusalWord[];
  };
  readonly zone: string;
}

/** Accounts look well while nothing of theirs is refreshed: whoever runs this server has to know. */
export function ClientRefusedNotice({ refusals: { accounts, since, words }, zone }: Props) {
  const t = useWords();
  return (
    <div className="-mx-4 mb-4 md:-mx-5">
      <Banner tone="bad">
        <strong className="font-semibold">
          {t("admin.clientRefused", { count: accounts, since: longDate(t, since, zone) })}
        </strong>
        {words.map((word) => (
          <span key={word} className="mt-1 block">
            <code>{word}</code>: {t(`admin.clientRefusal.${word}`)}
          </span>
        ))}
      </Banner>
    </div>
  );
}
