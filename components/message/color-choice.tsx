import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  /** The message in the frame, by the name that its frame has. */
  readonly frame: string;
  /** Of the frame's document. */
  readonly address: string;
}

const look = "px-2 leading-7 underline-offset-2 hover:underline pointer-coarse:leading-11";

/** In the dark: a coloured mail as it was made for the dark, or in its own colours. The links lead its frame, without a script. */
export function ColorChoice({ frame, address }: Props) {
  const t = useWords();
  const target = `body-${frame}`;
  const original = `${address}${address.includes("?") ? "&" : "?"}colors=original`;
  return (
    <p className="-mx-2 mb-1 hidden justify-end text-xs text-ink-3 dark:flex print:hidden">
      <span className="leading-7 pointer-coarse:leading-11">{t("html.colors")}</span>
      <a href={address} target={target} className={look}>
        {t("html.adapted")}
      </a>
      <a href={original} target={target} className={look}>
        {t("html.original")}
      </a>
    </p>
  );
}
