import { Button } from "#components/ui/button.tsx";

interface Props {
  readonly accountId: string;
  readonly email: string;
  readonly revoke: (form: FormData) => Promise<void>;
  readonly reasonMissing: boolean;
}

/** Withdraws a key. The reason is asked for, since somebody will ask for it later. */
export function RevokeForm({ accountId, email, revoke, reasonMissing }: Props) {
  return (
    <form
      action={revoke}
      aria-labelledby="revoke"
      className="mt-8 rounded-lg border border-line bg-surface p-4"
    >
      <h2 id="revoke" className="font-semibold">
        Withdraw this key
      </h2>
      <p className="mt-1 text-sm text-ink-2">
        {email} stops being read at once, Google revokes the access, and key and rows are destroyed. The owner
        is told, with your reason.
      </p>
      <input type="hidden" name="account" value={accountId} />
      <label htmlFor="reason" className="mt-3 block text-sm font-medium">
        Reason
      </label>
      <input
        id="reason"
        name="reason"
        required
        maxLength={500}
        autoComplete="off"
        aria-invalid={reasonMissing}
        aria-describedby="reason-hint"
        className="mt-1 h-9 w-full rounded border border-line-strong bg-paper px-3 aria-invalid:border-bad"
      />
      <p id="reason-hint" className={`mt-1 text-xs ${reasonMissing ? "text-bad" : "text-ink-3"}`}>
        {reasonMissing
          ? "A reason is needed: 1 to 500 characters."
          : "Kept in the audit trail with your name, and shown to the owner without it."}
      </p>
      <label htmlFor="block" className="mt-3 block text-sm font-medium">
        The owner can connect it again
      </label>
      <select
        id="block"
        name="block"
        defaultValue="until-allowed"
        className="mt-1 h-9 w-full rounded border border-line-strong bg-paper px-3"
      >
        <option value="until-allowed">when an admin allows it</option>
        <option value="30-days">after 30 days</option>
        <option value="none">at once</option>
      </select>
      <Button look="danger" className="mt-3">
        Revoke access
      </Button>
    </form>
  );
}
