import type { ErrorWords } from "#lib/i18n/error-words.ts";
import { Button } from "../ui/button.tsx";
import { Statement } from "./statement.tsx";

interface Props {
  readonly error: Error & { readonly digest?: string };
  /** Asks the server again. */
  readonly retry: () => void;
  /** Null until they are there. */
  readonly words: ErrorWords | null;
}

/** That something failed, the number under which its cause is found, and the button that asks again. */
export function ErrorStatement({ error, retry, words }: Props) {
  if (words === null) return <Statement title="Latchkey">{null}</Statement>;
  return (
    <Statement title={words.title}>
      <p>{words.text}</p>
      {error.digest && <p className="text-sm">{words.digest.replace("{digest}", error.digest)}</p>}
      <Button look="primary" type="button" onClick={retry}>
        {words.again}
      </Button>
    </Statement>
  );
}
