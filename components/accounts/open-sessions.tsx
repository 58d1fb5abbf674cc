import Link from "next/link";
import { Button } from "#components/ui/button.tsx";
import type { OpenSession } from "#lib/domain/session.ts";
import { ago, longDate } from "#lib/i18n/dates.ts";
import { deviceWords } from "#lib/i18n/device-words.ts";

interface Props {
  readonly sessions: readonly OpenSession[];
  readonly now: Date;
  readonly zone: string;
  readonly end: (form: FormData) => Promise<void>;
}

/** Where somebody is signed in, and how to end that. */
export function OpenSessions({ sessions, now, zone, end }: Props) {
  return (
    <section aria-labelledby="sessions" className="mt-10">
      <div className="flex flex-wrap items-center gap-3">
        <h2 id="sessions" className="flex-1 text-base font-semibold">
          Where you are signed in
        </h2>
        <Link href="/accounts/sign-out" prefetch={false} className="text-sm underline underline-offset-2">
          Sign out everywhere
        </Link>
      </div>
      <ul aria-label="Sessions" className="mt-3 border-t border-line text-sm">
        {sessions.map((session) => (
          <li
            key={session.id}
            className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-2"
          >
            <div className="min-w-0 flex-1 basis-60">
              <p className="font-medium">
                {deviceWords(session.userAgent)}
                {session.isThisOne && <span className="font-normal text-ink-3"> · this browser</span>}
              </p>
              <p className="text-xs text-ink-3">{factsOf(session, now, zone)}</p>
            </div>
            {!session.isThisOne && (
              <form action={end}>
                <input type="hidden" name="session" value={session.id} />
                <Button aria-label={`End the session of ${deviceWords(session.userAgent)}`}>End</Button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function factsOf(
  { address, openedWith, createdAt, lastUsedAt, endsAt }: OpenSession,
  now: Date,
  zone: string,
): string {
  const facts = [
    address,
    `signed in with ${openedWith} on ${longDate(createdAt, zone)}`,
    `last used ${ago(lastUsedAt, now, zone)}`,
    `ends by itself on ${longDate(endsAt, zone)}`,
  ];
  return facts.filter(Boolean).join(" · ");
}
