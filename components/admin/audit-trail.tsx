import Link from "next/link";
import type { ReactNode } from "react";
import { Time } from "#components/ui/time.tsx";
import type { AuditEvent } from "#lib/domain/audit-event.ts";
import type { AccountId } from "#lib/domain/mail.ts";
import { adminAccountPath } from "#lib/domain/paths.ts";
import { actorWords, auditWords, becauseWords } from "#lib/i18n/audit-words.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly events: readonly AuditEvent[];
  readonly zone: string;
}

/** What happened to an account, by whom and why; newest first. */
export function AuditTrail({ events, zone }: Props) {
  const t = useWords();
  return (
    <section aria-labelledby="history" className="mt-8">
      <h2 id="history" className="font-semibold">
        {t("adminAccount.history")}
      </h2>
      <ol className="mt-2 border-t border-line text-sm">
        {events.map((event) => (
          <li key={event.id} className="grid gap-x-4 border-b border-line py-2 md:grid-cols-[170px_1fr]">
            <Time at={event.at} zone={zone} className="text-xs leading-5 text-ink-3" />
            <div className="min-w-0">
              <p>
                {auditWords(t, event)}{" "}
                <span className="text-ink-3">
                  {t("adminAccount.by", { actor: actorWords(t, event.actor) })}
                </span>
              </p>
              {event.earlier && <Earlier accountId={event.earlier} />}
              <Reason event={event} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Reason({ event: { reason, because } }: { readonly event: AuditEvent }) {
  const t = useWords();
  const why = because ? becauseWords(t, because) : reason;
  if (why === null) return null;
  return <p className="break-words text-ink-2">{t("adminAccount.reason", { reason: why })}</p>;
}

/** The way to what happened while the same Google account was connected before. */
function Earlier({ accountId }: { readonly accountId: AccountId }) {
  const t = useWords();
  const link = (words: ReactNode) => (
    <Link href={adminAccountPath(accountId)} prefetch={false} className="underline underline-offset-2">
      {words}
    </Link>
  );
  return <p className="text-ink-2">{t.rich("adminAccount.before", { link })}</p>;
}
