import "server-only";
import { asciiLowerCase } from "../../domain/address.ts";
import { env } from "../../env.ts";

/** Who somebody is, as Google tells it. */
export interface GoogleIdentity {
  readonly sub: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly name: string | null;
  /** The Workspace domain, for accounts that belong to one. */
  readonly hd: string | null;
}

/** What rights are judged from: what Google said of an account, and nothing that was derived from it earlier. */
export type Claims = Pick<GoogleIdentity, "sub" | "email" | "emailVerified" | "hd">;

export interface Admission {
  readonly allowedDomains: readonly string[];
  /** Addresses, and `sub:…` for accounts whose address Google does not vouch for. */
  readonly allowedEmails: readonly string[];
}

const domainOf = (email: string): string => email.slice(email.lastIndexOf("@") + 1);

/**
 * The address in ASCII lower case, when Google is an authority for it: it keeps the mailbox itself (gmail.com), or the
 * account belongs to the Workspace of that domain. Any other address is one that somebody once received mail at.
 * @see https://developers.google.com/identity/gsi/web/guides/verify-google-id-token
 */
export function vouchedAddress({ email, emailVerified, hd }: Omit<Claims, "sub">): string | null {
  if (!emailVerified) return null;
  const address = asciiLowerCase(email);
  const domain = domainOf(address);
  const isVouched = hd === null || hd === "" ? domain === "gmail.com" : domain === asciiLowerCase(hd);
  return isVouched ? address : null;
}

/** Whether a list names this account: by its `sub`, or by an address that Google vouches for. */
export function isNamed(claims: Claims, entries: readonly string[]): boolean {
  const address = vouchedAddress(claims);
  return entries.includes(`sub:${claims.sub}`) || (address !== null && entries.includes(address));
}

/** @see https://developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload on `hd` */
export function mayEnter(claims: Claims, { allowedDomains, allowedEmails }: Admission): boolean {
  if (allowedDomains.length === 0 && allowedEmails.length === 0) return true;
  if (isNamed(claims, allowedEmails)) return true;
  if (!claims.emailVerified) return false;
  // A Workspace vouches for its people, whichever of its addresses they use.
  if (claims.hd) return allowedDomains.includes(asciiLowerCase(claims.hd));
  const address = vouchedAddress(claims);
  return address !== null && allowedDomains.includes(domainOf(address));
}

/** Whether this instance's own lists let somebody in. */
export const mayEnterHere = (claims: Claims): boolean =>
  mayEnter(claims, { allowedDomains: env().ALLOWED_DOMAINS, allowedEmails: env().ALLOWED_EMAILS });

/**
 * Whether the operator named this account an admin.
 * @param isPinned whether its address is pinned to its `sub`
 */
export function isNamedAdmin(claims: Claims, isPinned: boolean): boolean {
  const { ADMIN_EMAILS } = env();
  if (ADMIN_EMAILS.includes(`sub:${claims.sub}`)) return true;
  const address = vouchedAddress(claims);
  return isPinned && address !== null && ADMIN_EMAILS.includes(address);
}

/** How many days an account that is no longer admitted is kept. */
export const graceDays = (): number => env().ADMISSION_GRACE_DAYS;
