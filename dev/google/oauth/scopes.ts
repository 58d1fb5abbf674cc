const root = "https://www.googleapis.com/auth/";

export const emailScope = `${root}userinfo.email`;
export const profileScope = `${root}userinfo.profile`;
export const gmailReadonly = `${root}gmail.readonly`;
export const gmailMetadata = `${root}gmail.metadata`;
export const gmailModify = `${root}gmail.modify`;
export const gmailLabels = `${root}gmail.labels`;
export const gmailFull = "https://mail.google.com/";

const shortNames: Record<string, string> = { email: emailScope, profile: profileScope };
const signIn = new Set(["openid", emailScope, profileScope]);

/** What the consent page says of each permission. */
const permissions: Record<string, string> = {
  [gmailReadonly]: "Read your email messages and settings",
  [gmailMetadata]: "See the headers and labels of your email, not its text",
  [gmailModify]: "Read, write and send email from your account",
  [gmailLabels]: "See and edit your email labels",
  [gmailFull]: "Read, write, send and permanently delete all your email",
  [`${root}gmail.send`]: "Send email on your behalf",
  [`${root}calendar.readonly`]: "See your calendars",
  [`${root}contacts.readonly`]: "See your contacts",
  [`${root}drive.readonly`]: "See your files",
};

/** The scopes of a request, spelled the way the token endpoint spells them; null when one is unknown. */
export function parseScopes(scope: string): string[] | null {
  const scopes = [...new Set(scope.split(/\s+/).filter(Boolean))].map((name) => shortNames[name] ?? name);
  return scopes.every((name) => signIn.has(name) || name in permissions) ? scopes : null;
}

/** Sign-in scopes come with signing in; they have no tick box of their own. */
export function isSignIn(scope: string): boolean {
  return signIn.has(scope);
}

export function isGmail(scope: string): boolean {
  return scope === gmailFull || scope.startsWith(`${root}gmail.`);
}

export function permissionText(scope: string): string {
  return permissions[scope] ?? scope;
}
