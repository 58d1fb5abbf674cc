import Link from "next/link";
import { Time } from "#components/ui/time.tsx";
import type { AuditEvent } from "#lib/domain/audit-event.ts";
import { adminAccountPath } from "#lib/domain/paths.ts";
import { auditWords } from "#lib/i18n/audit-words.ts";

interface Props {
  readonly events: readonly AuditEvent[];
  readonly zone: string;
}

/** What happened to an account, by whom and why; newest first. */
export function History({ events, zone }: Props) {
  return (
    <section aria-labelledby="history" className="mt-8">
      <h2 id="history" className="font-semibold">
        History
      </h2>
      <ol className="mt-2 border-t border-line text-sm">
        {events.map((event) => (
          <li key={event.id} className="grid gap-x-4 border-b border-line py-2 md:grid-cols-[170px_1fr]">
            <Time at={event.at} zone={zone} className="text-xs leading-5 text-ink-3" />
            <div className="min-w-0">
              <p>
                {auditWords(event)} <span className="text-ink-3">by {event.actor}</span>
              </p>
              {event.earlier && (
                <p className="text-ink-2">
                  This Google account was connected here before:{" "}
                  <Link
                    href={adminAccountPath(event.earlier)}
                    prefetch={false}
                    className="underline underline-offset-2"
                  >
                    its history until then
                  </Link>
                </p>
              )}
              {event.reason && <p className="break-words text-ink-2">Reason: {event.reason}</p>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
