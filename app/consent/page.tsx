import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SignInForm } from "#components/shell/sign-in-form.tsx";
import { Statement } from "#components/shell/statement.tsx";
import { consentCauses } from "#lib/domain/account.ts";
import { consentWords } from "#lib/i18n/trouble-words.ts";
import { requireUser } from "#lib/session/current-user.ts";
import { safeReturnPath } from "#lib/session/return-path.ts";
import { one } from "#lib/session/search-params.ts";
import { findMyAccount } from "#lib/use-cases/my-accounts.ts";

export const metadata: Metadata = { title: "Consent" };

/** Why Google has to ask again, and the one button that does it. */
export default async function Consent({ searchParams }: PageProps<"/consent">) {
  const asked = await searchParams;
  const user = await requireUser("/accounts");
  const account = (await findMyAccount(user, one(asked.account) ?? "")) ?? notFound();
  const callbackUrl = safeReturnPath(one(asked.callbackUrl), `/mail/${account.id}/inbox`);
  // The account's state is the truth; the address only says what it was when the browser was sent here.
  const named = consentCauses.find((cause) => cause === one(asked.reason)) ?? "unknown";
  const cause = account.status.state === "NEEDS_CONSENT" ? account.status.cause : named;
  const { title, text } = consentWords(cause);
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
    </Statement>
  );
}
