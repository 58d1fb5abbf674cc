import Link from "next/link";
import { Button } from "#components/ui/button.tsx";
import type { OpenSession } from "#lib/domain/session.ts";
import { ago, longDate } from "#lib/i18n/dates.ts";
import { deviceWords } from "#lib/i18n/device-words.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import type { Words } from "#lib/i18n/words.ts";

interface Props {
  readonly sessions: readonly OpenSession[];
  readonly now: Date;
  readonly zone: string;
  readonly end: (form: FormData) => Promise<void>;
}

/** Where somebody is signed in, and how to end that. */
export function OpenSessions({ sessions, now, zone, end }: Props) {
  const t = useWords();
  return (
    <section aria-labelledby="sessions" className="mt-10">
      <div className="flex flex-wrap items-center gap-3">
        <h2 id="sessions" className="flex-1 text-base font-semibold">
          {t("sessions.title")}
        </h2>
        <Link href="/accounts/sign-out" prefetch={false} className="text-sm underline underline-offset-2">
          {t("sessions.signOutEverywhere")}
        </Link>
      </div>
      <ul aria-label={t("sessions.label")} className="mt-3 border-t border-line text-sm">
        {sessions.map((session) => (
          <li
            key={session.id}
            className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-2"
          >
            <div className="min-w-0 flex-1 basis-60">
              <p className="font-medium">
                {deviceWords(t, session.userAgent)}
                {session.isThisOne && (
                  <span className="font-normal text-ink-3"> · {t("sessions.thisBrowser")}</span>
                )}
              </p>
              <p className="text-xs text-ink-3">{factsOf(t, session, now, zone)}</p>
            </div>
            {!session.isThisOne && (
              <form action={end}>
                <input type="hidden" name="session" value={session.id} />
                <Button aria-label={t("sessions.endNamed", { device: deviceWords(t, session.userAgent) })}>
                  {t("sessions.end")}
                </Button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function factsOf(
  t: Words,
  { address, openedWith, createdAt, lastUsedAt, endsAt }: OpenSession,
  now: Date,
  zone: string,
): string {
  const facts = [
    address,
    t("sessions.signedIn", { email: openedWith, date: longDate(t, createdAt, zone) }),
    t("sessions.lastUsed", { when: ago(t, lastUsedAt, now, zone) }),
    t("sessions.ends", { date: longDate(t, endsAt, zone) }),
  ];
  return facts.filter(Boolean).join(" · ");
}
