import { notFound, redirect } from "next/navigation";
import { SignInForm } from "#components/shell/sign-in-form.tsx";
import { Statement } from "#components/shell/statement.tsx";
import { WaysOut } from "#components/shell/ways-out.tsx";
import { inboxPath } from "#lib/domain/paths.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { titled } from "#lib/i18n/titled.ts";
import { firstParam } from "#lib/request/search-params.ts";
import { consentPath } from "#lib/session/consent-path.ts";
import { requireUser } from "#lib/session/current-user.ts";
import { safeReturnPath } from "#lib/session/return-path.ts";
import { findMyAccount } from "#lib/use-cases/accounts/my-accounts.ts";

export const generateMetadata = titled("consent.page");

/** Why Google has to ask again, and the one button that does it. */
export default async function Consent({ searchParams }: PageProps<"/consent">) {
  const asked = await searchParams;
  const { account: accountId, reason, callbackUrl: goingTo } = asked;
  const user = await requireUser(
    consentPath(firstParam(accountId) ?? "", firstParam(reason) ?? "", firstParam(goingTo) ?? "/mail"),
  );
  const account = (await findMyAccount(user, firstParam(accountId) ?? "")) ?? notFound();
  const callbackUrl = safeReturnPath(firstParam(goingTo), inboxPath(account.id));
  // The account's state is the truth; the address only says what it was when the browser was sent here.
  if (account.status.state !== "NEEDS_CONSENT") redirect(callbackUrl);
  const t = await requestWords();
  const { cause } = account.status;
  return (
    <Statement title={t("sentence", { title: t(`consent.${cause}.title`) })}>
      <p>{t(`consent.${cause}.text`)}</p>
      <p className="text-sm">
        {t.rich("consent.about", {
          email: account.email,
          b: (chunks) => <strong className="font-medium text-ink">{chunks}</strong>,
        })}
      </p>
      <SignInForm callbackUrl={callbackUrl} reconnect={account.id} prompt="consent" look="google">
        {t("consent.continue")}
      </SignInForm>
      <WaysOut signedInAs={user.email} />
    </Statement>
  );
}
