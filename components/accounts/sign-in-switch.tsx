import { SignInForm } from "#components/shell/sign-in-form.tsx";
import { Button } from "#components/ui/button.tsx";
import type { MyAccount } from "#lib/domain/account.ts";
import { useWords } from "#lib/i18n/request-words.ts";

interface Props {
  readonly account: MyAccount;
  /** Whether it is the only account that lets in. */
  readonly isLastWayIn: boolean;
  /** Whether it was here before the account that the session was opened with, or is that one. */
  readonly isOlder: boolean;
  /** Whether Google has proven just now who is asking: only then is a new way in made. */
  readonly isProvenNow: boolean;
  readonly allowSignIn: (form: FormData) => Promise<void>;
}

/** Whether signing in to Google with an account lets in as its owner: off for further accounts until they say so. */
export function SignInSwitch({ account, isLastWayIn, isOlder, isProvenNow, allowSignIn }: Props) {
  const { id, email, maySignIn } = account;
  const t = useWords();
  const isFixed = maySignIn && (isLastWayIn || isOlder);
  const mustProve = !maySignIn && !isProvenNow;
  return (
    <div className="flex basis-full flex-wrap items-center gap-x-3 gap-y-2 text-xs text-ink-3">
      <p id={`ways-in-${id}`} className="min-w-52 flex-1">
        {t(maySignIn ? "signInSwitch.on" : "signInSwitch.off", { email })}
        {isFixed && ` ${t(isLastWayIn ? "signInSwitch.onlyWayIn" : "signInSwitch.older")}`}
        {mustProve && ` ${t("signInSwitch.mustProve")}`}
      </p>
      {mustProve ? (
        <SignInForm callbackUrl="/accounts" look="quiet" describedBy={`ways-in-${id}`}>
          {t("signInSwitch.signInAgain")}
        </SignInForm>
      ) : (
        !isFixed && (
          <form action={allowSignIn}>
            <input type="hidden" name="account" value={id} />
            <input type="hidden" name="allow" value={maySignIn ? "no" : "yes"} />
            <Button
              aria-label={t(maySignIn ? "signInSwitch.disallowNamed" : "signInSwitch.allowNamed", { email })}
            >
              {t(maySignIn ? "signInSwitch.disallow" : "signInSwitch.allow")}
            </Button>
          </form>
        )
      )}
    </div>
  );
}
