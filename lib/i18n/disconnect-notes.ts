/** What has come of a disconnect, by the word that stands in the address of the page after it. */
export const disconnectNotes: Readonly<Record<string, string>> = {
  destroyed: "The account is disconnected. Google has confirmed, and everything kept about it is destroyed.",
  waiting:
    "The account is blocked. Google is not answering, so it is told again until it confirms; then everything kept about the account is destroyed.",
  "signed-out": "You are signed out everywhere.",
};
