import type { CalendarEvent } from "#lib/domain/card.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { Row } from "./card-row.tsx";

/** A place that is no place on a map. */
const online = /^(?:https?:|.*\b(?:microsoft teams|zoom|google meet|webex|online|daring|ออนไลน์)\b)/iu;

/** Where it is: in words, on a map that is asked for by hand alone, and where it is joined from afar. */
export function EventPlace({ event: { place, links } }: { readonly event: CalendarEvent }) {
  const t = useWords();
  if (place === null && links.length === 0) return null;
  const isShownAsLink = links.some((link) => place !== null && sameAddress(place, link));
  const query = new URLSearchParams({ api: "1", query: place ?? "" });
  return (
    <Row term={t("invitation.where")}>
      {place && !isShownAsLink && (
        <p>
          {place}
          {!online.test(place) && (
            <>
              {" "}
              <a
                href={`https://www.google.com/maps/search/?${query}`}
                target="_blank"
                rel="noopener noreferrer"
                className="whitespace-nowrap text-ink-3 underline underline-offset-2 hover:text-ink"
              >
                {t("invitation.map")}
              </a>
            </>
          )}
        </p>
      )}
      {links.map((link) => (
        <p key={link}>
          <a
            href={link}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="break-all underline decoration-line-strong underline-offset-2 hover:decoration-current"
          >
            {shown(link)}
          </a>
        </p>
      ))}
    </Row>
  );
}

const sameAddress = (place: string, link: string): boolean =>
  place === link || place.replace(/\/$/u, "") === link.replace(/\/$/u, "");

/** Host and path, as far as a line goes: the whole of it is where it leads. */
function shown(link: string): string {
  const { host, pathname } = new URL(link);
  const text = host + (pathname === "/" ? "" : pathname);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
