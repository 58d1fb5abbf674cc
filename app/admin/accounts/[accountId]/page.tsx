import { notFound } from "next/navigation";
import { AccountFacts } from "#components/admin/account-facts.tsx";
import { AuditTrail } from "#components/admin/audit-trail.tsx";
import { BlockNotice } from "#components/admin/block-notice.tsx";
import { RevokeForm } from "#components/admin/revoke-form.tsx";
import { PlainPage } from "#components/shell/plain-page.tsx";
import { requestWords } from "#lib/i18n/request-words.ts";
import { titled } from "#lib/i18n/titled.ts";
import { firstParam } from "#lib/request/search-params.ts";
import { timeZone } from "#lib/request/time-zone.ts";
import { requireAdmin } from "#lib/session/current-user.ts";
import { readAccountFile } from "#lib/use-cases/admin/connected-accounts.ts";
import { allowAgain, revoke } from "./actions.ts";

export const generateMetadata = titled("adminAccount.page");

/** One account: what it may do, what happened to it, and how to withdraw it. */
export default async function AccountPage({
  params,
  searchParams,
}: PageProps<"/admin/accounts/[accountId]">) {
  const admin = await requireAdmin();
  const { accountId } = await params;
  const { account, events, messagesAside, again } = (await readAccountFile(admin, accountId)) ?? notFound();
  const [t, zone] = await Promise.all([requestWords(), timeZone()]);
  const problem = firstParam((await searchParams).problem);
  return (
    <PlainPage isAdmin>
      <h1 className="text-xl font-semibold tracking-tight break-words">
        {account?.email ?? events.find(({ target }) => target)?.target}
      </h1>
      {account ? (
        <AccountFacts account={account} messagesAside={messagesAside} zone={zone} />
      ) : (
        <p className="mt-2 text-ink-2">{t("adminAccount.gone")}</p>
      )}
      {account && account.status.state !== "DISCONNECTED" && (
        <RevokeForm
          accountId={account.id}
          email={account.email}
          revoke={revoke}
          reasonMissing={problem === "reason"}
        />
      )}
      {again && again.kind !== "now" && (
        <BlockNotice accountId={accountId} again={again} zone={zone} allowAgain={allowAgain} />
      )}
      <AuditTrail events={events} zone={zone} />
    </PlainPage>
  );
}
