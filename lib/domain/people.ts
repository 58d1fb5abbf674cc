import type { Language } from "./language.ts";

/** Who is asking. Only `lib/session` makes these; a function that takes one needs no guard of its own. */
export type UserId = string & { readonly __brand: "UserId" };

export interface User {
  readonly id: UserId;
  readonly name: string | null;
  /** The address of the account that this person first signed in with. */
  readonly email: string;
  readonly isAdmin: boolean;
  /** The language that they chose; null for those who chose none. */
  readonly language: Language | null;
  readonly __proof: "requireUser";
}

export interface Admin extends User {
  readonly isAdmin: true;
  readonly __adminProof: "requireAdmin";
}
