const ROOT = "https://www.googleapis.com/auth/";

export const EMAIL = `${ROOT}userinfo.email`;
export const PROFILE = `${ROOT}userinfo.profile`;
export const GMAIL_READONLY = `${ROOT}gmail.readonly`;
export const GMAIL_METADATA = `${ROOT}gmail.metadata`;
export const GMAIL_MODIFY = `${ROOT}gmail.modify`;
export const GMAIL_LABELS = `${ROOT}gmail.labels`;
export const GMAIL_FULL = "https://mail.google.com/";

const SHORT_NAMES: Record<string, string> = { email: EMAIL, profile: PROFILE };
const SIGN_IN = new Set(["openid", EMAIL, PROFILE]);

/** What the consent page says of each permission. */
const PERMISSIONS: Record<string, string> = {
  [GMAIL_READONLY]: "Read your email messages and settings",
  [GMAIL_METADATA]: "See the headers and labels of your email, not its text",
  [GMAIL_MODIFY]: "Read, write and send email from your account",
  [GMAIL_LABELS]: "See and edit your email labels",
  [GMAIL_FULL]: "Read, write, send and permanently delete all your email",
  [`${ROOT}gmail.send`]: "Send email on your behalf",
  [`${ROOT}calendar.readonly`]: "See your calendars",
  [`${ROOT}contacts.readonly`]: "See your contacts",
  [`${ROOT}drive.readonly`]: "See your files",
};

/** The scopes of a request, spelled the way the token endpoint spells them; null when one is unknown. */
export function parseScopes(scope: string): string[] | null {
  const scopes = [...new Set(scope.split(/\s+/).filter(Boolean))].map((name) => SHORT_NAMES[name] ?? name);
  return scopes.every((name) => SIGN_IN.has(name) || name in PERMISSIONS) ? scopes : null;
}

/** Sign-in scopes come with signing in; they have no tick box of their own. */
export function isSignIn(scope: string): boolean {
  return SIGN_IN.has(scope);
}

export function isGmail(scope: string): boolean {
  return scope === GMAIL_FULL || scope.startsWith(`${ROOT}gmail.`);
}

export function permissionText(scope: string): string {
  return PERMISSIONS[scope] ?? scope;
}
