import "server-only";
import { env } from "../env.ts";

/** Who may enter. Judged by what Google vouches for, never by what an address looks like. */
export interface GoogleIdentity {
  readonly sub: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly name: string | null;
  /** The Workspace domain, for accounts that belong to one. */
  readonly hd: string | null;
}

type Vouched = Pick<GoogleIdentity, "email" | "emailVerified" | "hd">;

export interface Admission {
  readonly allowedDomains: readonly string[];
  readonly allowedEmails: readonly string[];
}

/** Google is the mail host of these, so a verified address there is its owner's without a Workspace domain. */
const consumerDomains = ["gmail.com", "googlemail.com"];

/** @see https://developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload on `hd` */
export function mayEnter(identity: Vouched, { allowedDomains, allowedEmails }: Admission): boolean {
  if (allowedDomains.length === 0 && allowedEmails.length === 0) return true;
  if (!identity.emailVerified) return false;
  const email = identity.email.toLowerCase();
  if (allowedEmails.includes(email)) return true;
  const hd = identity.hd?.toLowerCase();
  if (hd) return allowedDomains.includes(hd);
  const domain = email.slice(email.lastIndexOf("@") + 1);
  return consumerDomains.includes(domain) && allowedDomains.includes(domain);
}

/** The same, by this instance's own lists. */
export const mayEnterHere = (identity: Vouched): boolean =>
  mayEnter(identity, { allowedDomains: env().ALLOWED_DOMAINS, allowedEmails: env().ALLOWED_EMAILS });
