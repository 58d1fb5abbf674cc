import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { signInAction } from "#lib/domain/paths.ts";
import type { SignInPurpose } from "#lib/domain/sign-in-purpose.ts";
import { GoogleButton } from "./google-button.tsx";

interface Props {
  readonly children: ReactNode;
  readonly callbackUrl: string;
  /** What the trip is for: the door signs in; whatever connects says so. */
  readonly purpose?: SignInPurpose;
  /** `consent` makes Google show its consent page, `select_account` its list of accounts. */
  readonly prompt?: "consent" | "select_account";
  /** The account that is to be reconnected: Google preselects it, and no other will do. */
  readonly reconnect?: string;
  /** `google` is the button as Google's guidelines draw it. */
  readonly look?: "google" | "primary" | "quiet";
  /** The id of a sentence that says more about the button. */
  readonly describedBy?: string;
}

/** The way to Google: a plain form, so that it works before any script has arrived. */
export function SignInForm({
  children,
  callbackUrl,
  purpose = "sign-in",
  prompt,
  reconnect,
  look = "primary",
  describedBy,
}: Props) {
  return (
    <form action={signInAction(prompt)} method="post">
      <input type="hidden" name="purpose" value={reconnect ? "reconnect" : purpose} />
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      {reconnect && <input type="hidden" name="reconnect" value={reconnect} />}
      {look === "google" ? (
        <GoogleButton>{children}</GoogleButton>
      ) : (
        <Button look={look} aria-describedby={describedBy}>
          {children}
        </Button>
      )}
    </form>
  );
}
