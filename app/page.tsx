import { redirect } from "next/navigation";
import { SignInForm } from "#components/shell/sign-in-form.tsx";
import { Statement } from "#components/shell/statement.tsx";
import { TellSignedOut } from "#components/shell/tell-signed-out.tsx";
import { disconnectNotes } from "#lib/i18n/disconnect-notes.ts";
import { one } from "#lib/request/search-params.ts";
import { currentUser, isPastVisitor } from "#lib/session/current-user.ts";
import { safeReturnPath } from "#lib/session/return-path.ts";

const facts = [
  ["Reads, never writes.", "The only permission asked for is to read mail."],
  ["Sealed.", "What is kept is encrypted with a key of your own; disconnecting destroys it."],
  ["Quiet.", "Trackers in mail are not loaded, and no mail is stored in this browser."],
] as const;

// No guard: this is the door.
export default async function Home({ searchParams }: PageProps<"/">) {
  const asked = await searchParams;
  const callbackUrl = safeReturnPath(one(asked.callbackUrl));
  if (await currentUser()) redirect(callbackUrl);
  if (await isPastVisitor()) redirect("/accounts");
  const note = disconnectNotes[one(asked.note) ?? ""];
  return (
    <Statement title="Your Gmail, read only, without handing over the house.">
      <TellSignedOut />
      {note && <p role="status">{note}</p>}
      <p>
        Latchkey keeps one key to your mailbox, sealed, and shows you your mail. You can take the key back at
        any time, here or at Google.
      </p>
      <SignInForm callbackUrl={callbackUrl}>Sign in with Google</SignInForm>
      <ul className="mt-8 grid gap-2 border-t border-line pt-5 text-sm">
        {facts.map(([what, how]) => (
          <li key={what}>
            <strong className="font-medium text-ink">{what}</strong> {how}
          </li>
        ))}
      </ul>
    </Statement>
  );
}
