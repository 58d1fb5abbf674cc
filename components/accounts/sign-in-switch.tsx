import { SignInForm } from "#components/shell/sign-in-form.tsx";
import { Button } from "#components/ui/button.tsx";
import type { MyAccount } from "#lib/domain/account.ts";

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
  const why = isLastWayIn
    ? " It is your only way in."
    : isOlder
      ? " No account that came later can change that."
      : "";
  const isFixed = maySignIn && why !== "";
  const words = maySignIn
    ? `May sign me in: on. Whoever can sign in to Google as ${email} enters here as you.`
    : `May sign me in: off. Signing in to Google as ${email} does not open your Latchkey.`;
  const action = maySignIn ? "Do not let it sign me in" : "Let it sign me in";
  const mustProve = !maySignIn && !isProvenNow;
  return (
    <div className="flex basis-full flex-wrap items-center gap-x-3 gap-y-2 text-xs text-ink-3">
      <p id={`ways-in-${id}`} className="min-w-52 flex-1">
        {words}
        {isFixed && why}
        {mustProve && " To change that, sign in with Google once more."}
      </p>
      {mustProve ? (
        <SignInForm callbackUrl="/accounts" look="quiet" describedBy={`ways-in-${id}`}>
          Sign in again
        </SignInForm>
      ) : (
        !isFixed && (
          <form action={allowSignIn}>
            <input type="hidden" name="account" value={id} />
            <input type="hidden" name="allow" value={maySignIn ? "no" : "yes"} />
            <Button aria-label={`${action}: ${email}`}>{action}</Button>
          </form>
        )
      )}
    </div>
  );
}
