import { TriangleAlert } from "lucide-react";
import { Time } from "#components/ui/time.tsx";
import type { Hop } from "#lib/domain/original-message.ts";
import { formatDuration } from "#lib/i18n/durations.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { Section } from "./section.tsx";

/** The servers that a message passed, and what is odd about them. */
export function Way({ hops, zone }: { readonly hops: readonly Hop[]; readonly zone: string }) {
  const t = useWords();
  if (hops.length === 0) {
    return (
      <Section title={t("original.way")}>
        <p className="mt-1 text-sm text-ink-2">{t("original.noWay")}</p>
      </Section>
    );
  }
  return (
    <Section title={t("original.way")} hint={t("original.wayHint")}>
      <ol className="mt-3 rounded border border-line bg-surface text-sm">
        {hops.map((hop, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: the hops of a mail never move
            key={index}
            className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-2 px-3 py-2 not-first:border-t not-first:border-line md:grid-cols-[1.5rem_minmax(0,1fr)_auto]"
          >
            <span aria-hidden className="text-ink-3">
              {index + 1}
            </span>
            <Servers hop={hop} />
            <When hop={hop} zone={zone} />
            <Oddities hop={hop} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

interface Props {
  readonly hop: Hop;
}

function Servers({ hop: { from, host, address, by, protocol } }: Props) {
  const t = useWords();
  const known = [host === from ? null : host, address].filter(Boolean).join(", ");
  return (
    <p className="min-w-0 break-words">
      {from && (
        <>
          <span className="font-medium">{t("original.from", { name: from })}</span>{" "}
          {known && <span className="text-ink-3">{t("original.fromNote", { known })}</span>}{" "}
        </>
      )}
      <span className={from ? "" : "font-medium"}>
        {by ? t("original.by", { name: by }) : t("original.byNobody")}
      </span>{" "}
      {protocol && <span className="text-ink-3">{protocol.toUpperCase()}</span>}
    </p>
  );
}

function When({ hop: { at, delayMs }, zone }: Props & { readonly zone: string }) {
  const t = useWords();
  const duration = delayMs === null ? null : formatDuration(t, Math.abs(delayMs));
  return (
    <p className="text-ink-3 max-md:col-start-2 md:text-right">
      {at && <Time at={at} zone={zone} />}
      {duration !== null && (
        <span className="ml-3 inline-block min-w-14 whitespace-nowrap text-ink-2 md:text-right">
          {(delayMs ?? 0) < 0 ? t("original.delayBack", { duration }) : t("original.delay", { duration })}
        </span>
      )}
    </p>
  );
}

function Oddities({ hop: { oddities, from, host } }: Props) {
  const t = useWords();
  if (oddities.length === 0) return null;
  return (
    <ul className="col-start-2 mt-1 text-warn md:col-span-2">
      {oddities.map((odd) => (
        <li key={odd} className="flex gap-1.5">
          <TriangleAlert size={14} strokeWidth={1.5} aria-hidden className="mt-[3px] flex-none" />
          {t(`original.odd.${odd}`, { name: from ?? "", host: host ?? "" })}
        </li>
      ))}
    </ul>
  );
}
