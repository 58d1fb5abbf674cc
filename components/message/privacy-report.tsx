import { allLinks } from "#lib/domain/mail-link.ts";
import type { ReadableMessage } from "#lib/domain/readable-message.ts";
import { allRemote, hostOfPicture, type RemotePicture } from "#lib/domain/remote-content.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { ReportedLinks } from "./reported-links.tsx";

interface Props {
  readonly message: ReadableMessage;
  readonly shown: "never" | "once" | "always";
  readonly isVouched: boolean;
}

/** Hosts that are named; a mail that names more is nothing that somebody reads. */
const listedHosts = 50;

/** What a message tries to load, from whom, and what that tells them. */
export function PrivacyReport({ message, shown, isVouched }: Props) {
  const t = useWords();
  const places = placesOf(allRemote(message).pictures);
  return (
    <details className="mt-1.5">
      <summary className="inline-block cursor-pointer py-1 text-xs underline underline-offset-2">
        {t("pictures.report.title")}
      </summary>
      {places.length > 0 && (
        <>
          <h3 className="mt-2 font-medium text-ink">{t("pictures.report.loads")}</h3>
          <ul className="mt-1 grid gap-0.5">
            {places.slice(0, listedHosts).map(({ host, tracker, count }) => (
              <li key={`${host} ${tracker?.service} ${tracker === null}`} className="break-words">
                {t("pictures.report.from", { count, host })}
                {tracker && (
                  <span className="text-warn">
                    {" · "}
                    {tracker.service === null
                      ? t("pictures.report.unknown")
                      : t("pictures.report.tracker", { service: tracker.service })}
                  </span>
                )}
              </li>
            ))}
          </ul>
          <h3 className="mt-3 font-medium text-ink">{t("pictures.report.tells")}</h3>
          <p className="mt-1">
            {shown === "never" ? t("pictures.report.told") : t("pictures.report.fetched")}
          </p>
          {!isVouched && <p className="mt-3">{t("pictures.report.notVouched")}</p>}
        </>
      )}
      <ReportedLinks links={allLinks(message)} />
    </details>
  );
}

interface Place extends Pick<RemotePicture, "tracker"> {
  readonly host: string;
  readonly count: number;
}

/** Trackers first, then whoever has most. */
function placesOf(pictures: readonly RemotePicture[]): Place[] {
  const places = new Map<string, Place>();
  for (const picture of pictures) {
    const { tracker } = picture;
    const host = hostOfPicture(picture);
    const key = JSON.stringify([host, tracker]);
    places.set(key, { host, tracker, count: (places.get(key)?.count ?? 0) + 1 });
  }
  const rank = ({ tracker, count }: Place) => (tracker === null ? 0 : 1_000_000) + count;
  return [...places.values()].toSorted((one, other) => rank(other) - rank(one));
}
