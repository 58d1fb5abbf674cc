import { AccountCard } from "#components/accounts/account-card.tsx";
import { ConnectAnother } from "#components/accounts/connect-another.tsx";
import { LanguageSetting } from "#components/accounts/language-setting.tsx";
import { NotAdmitted } from "#components/accounts/not-admitted.tsx";
import { OpenSessions } from "#components/accounts/open-sessions.tsx";
import { StoredAboutMe } from "#components/accounts/stored-about-me.tsx";
import { TrustedSenders } from "#components/accounts/trusted-senders.tsx";
import { PlainPage } from "#components/shell/plain-page.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { isNotAdmitted, waysIn } from "#lib/domain/account.ts";
import { noteWords } from "#lib/i18n/note-words.ts";
import { requestWords } from "#lib/i18n/request-words.ts";
import { titled } from "#lib/i18n/titled.ts";
import { firstParam } from "#lib/request/search-params.ts";
import { timeZone } from "#lib/request/time-zone.ts";
import { requireOwner } from "#lib/session/current-user.ts";
import { graceDays } from "#lib/use-cases/accounts/admission.ts";
import { isFreshProof, listMySessions } from "#lib/use-cases/accounts/sessions.ts";
import { senderChoices } from "#lib/use-cases/messages/images-shown.ts";
import { switchLanguage } from "../language-actions.ts";
import { disconnect } from "./actions.ts";
import { stopShowing } from "./sender-actions.ts";
import { allowSignIn, endSession } from "./session-actions.ts";

export const generateMetadata = titled("accounts.page");

/** My connected accounts, where I am signed in, and what is stored about me. Also for those who are no longer admitted. */
export default async function Accounts({ searchParams }: PageProps<"/accounts">) {
  const { user, accounts, openedWith, sessionId, provenAt, isAdmitted } = await requireOwner("/accounts");
  const [t, zone, now] = await Promise.all([requestWords(), timeZone(), new Date()]);
  const asked = await searchParams;
  const named = accounts.find(({ id }) => id === firstParam(asked.account));
  const note = noteWords(t, firstParam(asked.note), named?.email);
  return (
    <PlainPage isAdmin={user.isAdmin}>
      <h1 className="text-xl font-semibold tracking-tight">{t("accounts.title")}</h1>
      <div className="-mx-4 md:-mx-5">
        {note && <Banner tone="note">{note}</Banner>}
        <NotAdmitted accounts={accounts.filter(isNotAdmitted)} zone={zone} graceDays={graceDays()} />
      </div>
      <ul className="mt-4 grid gap-3">
        {accounts.map((account) => (
          <li key={account.id}>
            <AccountCard
              {...{ account, zone, now, disconnect, allowSignIn }}
              isLastWayIn={waysIn(accounts).length === 1 && account.maySignIn}
              isProvenNow={isFreshProof(provenAt, now.getTime())}
              isOlder={account.connectedAt <= openedWith.connectedAt}
            />
          </li>
        ))}
      </ul>
      {isAdmitted && <ConnectAnother email={user.email} />}
      <OpenSessions sessions={await listMySessions(user, sessionId)} now={now} zone={zone} end={endSession} />
      <LanguageSetting switchLanguage={switchLanguage} />
      <TrustedSenders accounts={await senderChoices(accounts)} stop={stopShowing} />
      <StoredAboutMe email={user.email} />
    </PlainPage>
  );
}
