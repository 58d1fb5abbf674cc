import { SignInForm } from "#components/shell/sign-in-form.tsx";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  /** Whose it will be. */
  readonly email: string;
}

/** Adds a Google account to the person who is signed in, and says to whom. */
export function ConnectAnother({ email }: Props) {
  const t = useWords();
  return (
    <div className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <SignInForm
        callbackUrl="/accounts"
        purpose="connect"
        prompt="select_account"
        look="quiet"
        describedBy="connect-for-whom"
      >
        {t("accounts.connectAnother")}
      </SignInForm>
      <p id="connect-for-whom" className="min-w-0 text-sm break-words text-ink-3">
        {t("accounts.belongsTo", { email })}
      </p>
    </div>
  );
}
