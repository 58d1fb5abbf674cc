import type { Metadata } from "next";
import { AccountCard } from "#components/accounts/account-card.tsx";
import { StoredAboutMe } from "#components/accounts/stored-about-me.tsx";
import { PlainPage } from "#components/shell/plain-page.tsx";
import { SignInForm } from "#components/shell/sign-in-form.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { requireVisitor } from "#lib/session/current-user.ts";
import { one } from "#lib/session/search-params.ts";
import { timeZone } from "#lib/session/time-zone.ts";
import { disconnect } from "./actions.ts";

export const metadata: Metadata = { title: "Accounts" };

const notes: Readonly<Record<string, string>> = {
  destroyed: "The account is disconnected. Google has confirmed, and everything kept about it is destroyed.",
  waiting:
    "The account is blocked. Google is not answering, so it is told again until it confirms; then everything kept about the account is destroyed.",
};

/** My connected accounts, and what is stored about me. */
export default async function Accounts({ searchParams }: PageProps<"/accounts">) {
  const { user, accounts } = await requireVisitor("/accounts");
  const zone = await timeZone();
  const note = notes[one((await searchParams).note) ?? ""];
  return (
    <PlainPage isAdmin={user.isAdmin}>
      <h1 className="text-xl font-semibold tracking-tight">Connected accounts</h1>
      {note && (
        <div className="-mx-4 md:-mx-5">
          <Banner tone="note">{note}</Banner>
        </div>
      )}
      {accounts.length === 0 && <p className="mt-3 text-ink-2">No account is connected.</p>}
      <ul className="mt-4 grid gap-3">
        {accounts.map((account) => (
          <li key={account.id}>
            <AccountCard account={account} zone={zone} now={new Date()} disconnect={disconnect} />
          </li>
        ))}
      </ul>
      <div className="mt-4">
        <SignInForm callbackUrl="/accounts" prompt="select_account" look="quiet">
          {accounts.length === 0 ? "Connect an account" : "Connect another account"}
        </SignInForm>
      </div>
      <StoredAboutMe email={user.email} />
    </PlainPage>
  );
}
