import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { SignInForm } from "#components/shell/sign-in-form.tsx";
import { Statement } from "#components/shell/statement.tsx";
import { WaysOut } from "#components/shell/ways-out.tsx";
import { inboxPath } from "#lib/domain/paths.ts";
import { consentWords } from "#lib/i18n/trouble-words.ts";
import { one } from "#lib/request/search-params.ts";
import { consentPath } from "#lib/session/consent-path.ts";
import { requireUser } from "#lib/session/current-user.ts";
import { safeReturnPath } from "#lib/session/return-path.ts";
import { findMyAccount } from "#lib/use-cases/accounts/my-accounts.ts";

export const metadata: Metadata = { title: "Consent" };

/** Why Google has to ask again, and the one button that does it. */
export default async function Consent({ searchParams }: PageProps<"/consent">) {
  const asked = await searchParams;
  const { account: accountId, reason, callbackUrl: goingTo } = asked;
  const user = await requireUser(
    consentPath(one(accountId) ?? "", one(reason) ?? "", one(goingTo) ?? "/mail"),
  );
  const account = (await findMyAccount(user, one(accountId) ?? "")) ?? notFound();
  const callbackUrl = safeReturnPath(one(goingTo), inboxPath(account.id));
  // The account's state is the truth; the address only says what it was when the browser was sent here.
  if (account.status.state !== "NEEDS_CONSENT") redirect(callbackUrl);
  const { title, text } = consentWords(account.status.cause);
  return (
    <Statement title={`${title}.`}>
      <p>{text}</p>
      <p className="text-sm">
        This is about <strong className="font-medium text-ink">{account.email}</strong>. Google's page opens
        next; leave “Read your email messages” ticked.
      </p>
      <SignInForm callbackUrl={callbackUrl} reconnect={account.id} prompt="consent">
        Continue to Google
      </SignInForm>
      <WaysOut signedInAs={user.email} />
    </Statement>
  );
}
