import type { OriginalHeader } from "#lib/domain/original-message.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { Authentication } from "./authentication.tsx";
import { Section } from "./section.tsx";

interface Props {
  readonly headers: readonly OriginalHeader[];
  readonly isCut: boolean;
}

const cell = "align-top py-1.5 max-md:block max-md:py-0";
const value = "font-mono text-xs break-words whitespace-pre-wrap [overflow-wrap:anywhere]";

/** Every header as it was sent, and beside it what it means where that is something else. */
export function HeaderTable({ headers, isCut }: Props) {
  const t = useWords();
  return (
    <Section title={t("original.headers")}>
      <table className="mt-3 w-full table-fixed border-t border-line text-sm max-md:block">
        <colgroup>
          <col className="w-[210px]" />
          <col />
        </colgroup>
        <tbody className="max-md:block">
          {headers.map((header, index) => (
            <tr
              // biome-ignore lint/suspicious/noArrayIndexKey: the headers of a mail never move
              key={index}
              className="border-b border-line max-md:block max-md:py-1.5"
            >
              <th
                scope="row"
                translate="no"
                className={`${cell} pr-4 text-left font-medium break-words text-ink-2`}
              >
                {header.name || t("original.noHeader")}
              </th>
              <td className={cell}>
                <Value header={header} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {isCut && <p className="mt-2 text-sm text-ink-3">{t("original.moreHeaders")}</p>}
    </Section>
  );
}

function Value({ header: { raw, decoded, isCut, note } }: { readonly header: OriginalHeader }) {
  const t = useWords();
  return (
    <>
      <div className={decoded === null ? "" : "grid gap-x-5 gap-y-1 md:grid-cols-2"}>
        <div dir="ltr" className={value}>
          {raw}
        </div>
        {decoded !== null && (
          <div className="text-ink-2">
            <span className="text-xs text-ink-3">{t("original.decoded")}</span>{" "}
            <span dir="auto" className="[overflow-wrap:anywhere]">
              {decoded}
            </span>
          </div>
        )}
      </div>
      {isCut && <p className="text-xs text-ink-3">{t("original.cut")}</p>}
      {note && <Authentication note={note} />}
    </>
  );
}
