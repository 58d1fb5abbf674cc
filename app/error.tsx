"use client";

import { Statement } from "#components/shell/statement.tsx";
import { Button } from "#components/ui/button.tsx";

interface Props {
  readonly error: Error & { readonly digest?: string };
  /** Asks the server again. */
  readonly retry: () => void;
}

/** What nobody foresaw. The number is in the server's log too. */
export default function ErrorPage({ error, retry }: Props) {
  return (
    <Statement title="Something went wrong here.">
      <p>It is not your mail and not Google: it is Latchkey. Your account stays as it is.</p>
      {error.digest && (
        <p className="text-sm">Whoever runs this server finds the cause under {error.digest}.</p>
      )}
      <Button look="primary" type="button" onClick={retry}>
        Try again
      </Button>
    </Statement>
  );
}
