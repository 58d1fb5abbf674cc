import Link from "next/link";
import { AccountsTable } from "#components/admin/accounts-table.tsx";
import { BlockedAccounts } from "#components/admin/blocked-accounts.tsx";
import { ClientRefusedNotice } from "#components/admin/client-refused-notice.tsx";
import { PlainPage } from "#components/shell/plain-page.tsx";
import { adminAccountsPath } from "#lib/domain/paths.ts";
import { formatNumber } from "#lib/i18n/numbers.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { titled } from "#lib/i18n/titled.ts";
import { firstParam } from "#lib/request/search-params.ts";
import { timeZone } from "#lib/request/time-zone.ts";
import { requireAdmin } from "#lib/session/current-user.ts";
import { readClientRefusals } from "#lib/use-cases/admin/client-refusals.ts";
import { listBlockedAccounts, listConnectedAccounts } from "#lib/use-cases/admin/connected-accounts.ts";

export const generateMetadata = titled("admin.page");

/** Every key that this Latchkey holds. */
export default async function ConnectedAccounts({ searchParams }: PageProps<"/admin/accounts">) {
  const admin = await requireAdmin();
  const [{ accounts, total, next }, refusals, zone, t] = await Promise.all([
    listConnectedAccounts(admin, firstParam((await searchParams).after)),
    readClientRefusals(admin),
    timeZone(),
    requestWords(),
  ]);
  return (
    <PlainPage isAdmin wide>
      <div className="mb-4 flex items-baseline gap-3">
        <h1 className="text-xl font-semibold tracking-tight">{t("admin.title")}</h1>
        <span className="text-sm text-ink-3">{formatNumber(t, total)}</span>
      </div>
      {refusals && <ClientRefusedNotice refusals={refusals} zone={zone} />}
      <AccountsTable accounts={accounts} now={new Date()} zone={zone} />
      {next && (
        <p className="mt-4">
          <Link href={adminAccountsPath(next)} prefetch={false} className="underline underline-offset-2">
            {t("admin.earlier")}
          </Link>
        </p>
      )}
      <BlockedAccounts accounts={await listBlockedAccounts(admin)} zone={zone} />
    </PlainPage>
  );
}
