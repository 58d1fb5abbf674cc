import type { AccountStatus } from "#lib/domain/account.ts";
import { useWords } from "#lib/i18n/request-words.ts";

const looks = {
  ACTIVE: "bg-ok-wash text-ok",
  NEEDS_CONSENT: "bg-warn-wash text-warn",
  SUSPENDED: "bg-bad-wash text-bad",
  DISCONNECTED: "bg-idle-wash text-ink-2",
} as const;

export function StateBadge({ state }: { readonly state: AccountStatus["state"] }) {
  const t = useWords();
  return (
    <span
      className={`inline-flex items-center gap-2 whitespace-nowrap rounded-full px-2 text-xs leading-5 ${looks[state]}`}
    >
      <span aria-hidden className="size-1.5 rounded-full bg-current" />
      {t(`state.${state}`)}
    </span>
  );
}
