const stored = [
  ["Your name and address", "From Google, to know you again."],
  [
    "A refresh token for each account",
    "Sealed with a key of the account's own. It is what lets Latchkey read while you are away.",
  ],
  ["An access token for each account", "Sealed the same way. It lives for an hour."],
  [
    "What lists show of your mail",
    "Senders, recipients, subjects, the first words and names of labels: sealed with the account's own key. Beside them, in clear: when a message came, and which labels it has.",
  ],
  ["Messages that you have opened", "Sealed the same way, for some weeks. Attachments are never kept."],
  [
    "Your open sessions",
    "A hash of what your browser holds; and, for the list above, where it was last used from and with which browser.",
  ],
  ["What happened to each account", "When it was connected, reconnected or withdrawn, and by whom."],
] as const;

/** What is kept, in full, and how it ends. */
export function StoredAboutMe({ email }: { readonly email: string }) {
  return (
    <section aria-labelledby="stored" className="mt-10">
      <h2 id="stored" className="text-base font-semibold">
        What is stored about me
      </h2>
      <p className="mt-1 text-sm text-ink-2">You are signed in as {email}.</p>
      <dl className="mt-3 border-t border-line text-sm">
        {stored.map(([what, why]) => (
          <div key={what} className="grid gap-x-4 border-b border-line py-2 md:grid-cols-[240px_1fr]">
            <dt className="font-medium">{what}</dt>
            <dd className="text-ink-2">{why}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-sm text-ink-2">
        Disconnecting revokes Latchkey's access at Google, removes all of this and destroys the account's key,
        so that even a backup of what was sealed with it is noise. With your last account your name and
        address go too. What stays: the record of what happened, and a hash of the account's number at Google.
      </p>
    </section>
  );
}
