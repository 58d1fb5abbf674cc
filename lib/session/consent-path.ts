/** The page that says why Google has to ask again. */
export const consentPath = (account: string, reason: string, callbackUrl: string): string =>
  `/consent?${new URLSearchParams({ reason, account, callbackUrl })}`;
