import { Banner } from "#components/ui/banner.tsx";
import type { Trouble } from "#lib/domain/trouble.ts";
import { listTime } from "#lib/i18n/dates.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { staleWords } from "#lib/i18n/trouble-words.ts";
import { PassesByItself } from "./passes-by-itself.tsx";
import { TroubleRemedy } from "./trouble-remedy.tsx";

interface Props {
  readonly trouble: Trouble;
  /** When the mail that is shown was last known to be all there is. */
  readonly asOf: Date;
  readonly now: Date;
  readonly zone: string;
  readonly accountId: string;
  readonly path: string;
}

/** The mail is here, and may not be the newest: as of when, why, and what to do about it. */
export function StaleNotice({ trouble, asOf, now, zone, accountId, path }: Props) {
  const t = useWords();
  const { title, hope, text, remedy } = staleWords(t, trouble);
  return (
    <Banner tone="warn" action={<TroubleRemedy remedy={remedy} accountId={accountId} path={path} />}>
      <strong className="font-semibold">{t("sentence", { title })}</strong>{" "}
      {t.rich("trouble.asOf", {
        time: (chunks) => <time dateTime={asOf.toISOString()}>{chunks}</time>,
        at: listTime(t, asOf, now, zone),
      })}{" "}
      {hope} {text}
      <PassesByItself trouble={trouble} />
    </Banner>
  );
}
