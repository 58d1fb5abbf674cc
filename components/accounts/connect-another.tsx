import { SignInForm } from "#components/shell/sign-in-form.tsx";

interface Props {
  /** Whose it will be. */
  readonly email: string;
}

/** Adds a Google account to the person who is signed in, and says to whom. */
export function ConnectAnother({ email }: Props) {
  return (
    <div className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <SignInForm
        callbackUrl="/accounts"
        purpose="connect"
        prompt="select_account"
        look="quiet"
        describedBy="connect-for-whom"
      >
        Connect another account
      </SignInForm>
      <p id="connect-for-whom" className="min-w-0 text-sm break-words text-ink-3">
        The account that you choose will belong to {email}.
      </p>
    </div>
  );
}
