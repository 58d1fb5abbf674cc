import Link from "next/link";
import { SignInForm } from "#components/shell/sign-in-form.tsx";
import { Button } from "#components/ui/button.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import type { MyAccount } from "#lib/domain/account.ts";
import { isOfFormerClient } from "#lib/domain/client-refusal.ts";
import { disconnectPath, inboxPath } from "#lib/domain/paths.ts";
import { causeWords, permissionWords } from "#lib/i18n/account-words.ts";
import { ago, longDate, shortDate } from "#lib/i18n/dates.ts";
import { useWords } from "#lib/i18n/request-words.ts";
import { SignInSwitch } from "./sign-in-switch.tsx";

interface Props {
  readonly account: MyAccount;
  readonly zone: string;
  readonly now: Date;
  readonly isLastWayIn: boolean;
  readonly isOlder: boolean;
  readonly isProvenNow: boolean;
  readonly disconnect: (form: FormData) => Promise<void>;
  readonly allowSignIn: (form: FormData) => Promise<void>;
}

/** One connected account, as its owner sees it. */
export function AccountCard({
  account,
  zone,
  now,
  isLastWayIn,
  isOlder,
  isProvenNow,
  disconnect,
  allowSignIn,
}: Props) {
  const t = useWords();
  const { id, email, name, status } = account;
  const cause = causeWords(t, status);
  return (
    <section
      aria-label={email}
      className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-lg border border-line bg-surface px-4 py-3"
    >
      <div className="min-w-0 flex-1 basis-60">
        <h2 className="truncate font-medium">
          {hasMail(status) ? (
            <Link href={inboxPath(id)} prefetch={false} className="hover:underline">
              {email}
            </Link>
          ) : (
            email
          )}
        </h2>
        <p className="truncate text-sm text-ink-3">{name}</p>
        <p className="mt-1.5 flex flex-wrap items-center gap-2 text-xs text-ink-3">
          <StateBadge state={status.state} />
          {cause}
        </p>
        <Facts account={account} zone={zone} now={now} />
      </div>
      <div className="flex flex-wrap gap-2">
        {(status.state === "NEEDS_CONSENT" ||
          (status.state === "ACTIVE" && isOfFormerClient(account.clientRefusal?.word))) && (
          <SignInForm callbackUrl="/accounts" reconnect={id} prompt="consent" look="quiet">
            {t("trouble.reconnect")}
          </SignInForm>
        )}
        {status.state === "DISCONNECTED" ? (
          <form action={disconnect}>
            <input type="hidden" name="account" value={id} />
            <Button>{t("accounts.tellAgain")}</Button>
          </form>
        ) : (
          // To a page that asks: nothing is destroyed by one click.
          <form action={disconnectPath(id)} method="get">
            <Button look="danger">{t("accounts.disconnect")}</Button>
          </form>
        )}
      </div>
      {status.state !== "DISCONNECTED" && (
        <SignInSwitch
          account={account}
          isLastWayIn={isLastWayIn}
          isOlder={isOlder}
          isProvenNow={isProvenNow}
          allowSignIn={allowSignIn}
        />
      )}
    </section>
  );
}

/** Without Google's consent there is still what was kept until then. */
const hasMail = ({ state }: MyAccount["status"]): boolean => state === "ACTIVE" || state === "NEEDS_CONSENT";

function Facts({ account, zone, now }: Pick<Props, "account" | "zone" | "now">) {
  const t = useWords();
  const facts = [
    permissionWords(t, account.scopes),
    t("accounts.connected", { date: shortDate(t, account.connectedAt, zone) }),
    account.lastUsedAt && t("accounts.lastUsed", { when: ago(t, account.lastUsedAt, now, zone) }),
    account.grantEndsAt && t("accounts.consentEnds", { date: longDate(t, account.grantEndsAt, zone) }),
    account.clientRefusal &&
      t(
        isOfFormerClient(account.clientRefusal.word)
          ? "accounts.clientRefusedReconnect"
          : "accounts.clientRefusedMend",
        { date: longDate(t, account.clientRefusal.since, zone) },
      ),
    account.lacksKey && t("accounts.lacksKey", { keyId: account.lacksKey }),
    account.unansweredSince && t("accounts.unanswered", { date: longDate(t, account.unansweredSince, zone) }),
  ].filter(Boolean);
  return <p className="mt-1.5 text-xs text-ink-3">{facts.join(" · ")}</p>;
}
