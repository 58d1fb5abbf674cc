import { Button } from "#components/ui/button.tsx";
import type { SenderChoice } from "#lib/domain/sender-choice.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly accounts: readonly {
    readonly id: string;
    readonly email: string;
    readonly choices: readonly SenderChoice[];
  }[];
  readonly stop: (form: FormData) => Promise<void>;
}

/** The senders whose pictures are always shown, and how to end that. Nothing, where there is none. */
export function TrustedSenders({ accounts, stop }: Props) {
  const t = useWords();
  const senders = accounts.flatMap(({ id, email, choices }) =>
    choices.filter(({ showImages }) => showImages).map(({ address }) => ({ id, email, address })),
  );
  if (senders.length === 0) return null;
  return (
    <section aria-labelledby="senders" className="mt-10">
      <h2 id="senders" className="text-base font-semibold">
        {t("pictures.senders.title")}
      </h2>
      <p className="mt-1 text-sm text-ink-2">{t("pictures.senders.hint")}</p>
      <ul aria-labelledby="senders" className="mt-3 border-t border-line text-sm">
        {senders.map(({ id, email, address }) => (
          <li key={`${id} ${address}`} className="flex items-center gap-4 border-b border-line py-2">
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">{address}</p>
              {accounts.length > 1 && <p className="truncate text-xs text-ink-3">{email}</p>}
            </div>
            <form action={stop}>
              <input type="hidden" name="account" value={id} />
              <input type="hidden" name="address" value={address} />
              <Button aria-label={t("pictures.senders.stopNamed", { address })}>
                {t("pictures.senders.stop")}
              </Button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}
