import { Banner } from "#components/ui/banner.tsx";
import type { Trouble } from "#lib/domain/trouble.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { troubleWords } from "#lib/i18n/trouble-words.ts";
import { PassesByItself } from "./passes-by-itself.tsx";
import { TroubleRemedy } from "./trouble-remedy.tsx";

interface Props {
  readonly trouble: Trouble;
  readonly accountId: string;
  /** The page that shows this. */
  readonly path: string;
  /** One more sentence. */
  readonly more?: string;
}

/** Why there is no mail at this moment, as one sentence, and the one thing that helps. */
export function TroubleNotice({ trouble, accountId, path, more = "" }: Props) {
  const t = useWords();
  const { title, text, remedy } = troubleWords(t, trouble);
  return (
    <Banner
      tone={trouble.kind === "account" && trouble.status.state === "SUSPENDED" ? "bad" : "warn"}
      action={<TroubleRemedy remedy={remedy} accountId={accountId} path={path} />}
    >
      <strong className="font-semibold">{t("sentence", { title })}</strong> {text} {more}
      <PassesByItself trouble={trouble} />
    </Banner>
  );
}
