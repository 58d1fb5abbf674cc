/** What disconnecting does, before it is done. */
export const disconnectWords = {
  title: (email: string) => `Disconnect ${email}?`,
  lead: "Latchkey gives back its access at Google and destroys everything it keeps about this account:",
  destroyed: [
    "the sealed key to its mailbox, and the account's own encryption key",
    "the copy of its mail: lists, labels and every opened message",
    "its name, address and place among your accounts",
  ],
  kept: "Your mail at Google is not touched. That it was connected and disconnected stays in the record. You can connect it again; its mail is then brought in anew.",
  signsOut: "You are signed in with this account, so disconnecting it signs you out.",
  lastWayIn: (email: string) =>
    `Your other accounts stay connected, and none of them may sign you in: you come back to them by signing in with ${email} again. To leave them another way in, let one of them sign you in first.`,
  confirm: "Disconnect and destroy",
  keep: "Keep it connected",
} as const;
