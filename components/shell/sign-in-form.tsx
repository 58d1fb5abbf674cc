import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";

interface Props {
  readonly children: ReactNode;
  readonly callbackUrl: string;
  /** `consent` makes Google show its consent page, `select_account` its list of accounts. */
  readonly prompt?: "consent" | "select_account";
  /** The account that is to be reconnected: Google preselects it, and no other will do. */
  readonly reconnect?: string;
  readonly look?: "primary" | "quiet";
}

/** The way to Google: a plain form, so that it works before any script has arrived. */
export function SignInForm({ children, callbackUrl, prompt, reconnect, look = "primary" }: Props) {
  const query = prompt ? `?${new URLSearchParams({ prompt })}` : "";
  return (
    <form action={`/api/auth/signin/google${query}`} method="post">
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      {reconnect && <input type="hidden" name="reconnect" value={reconnect} />}
      <Button look={look}>{children}</Button>
    </form>
  );
}
