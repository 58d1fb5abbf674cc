import type { AccountStatus } from "./account.ts";
import type { AccountId } from "./mail.ts";

/** Everything that is written down. Each change of an account's state is one of these. */
export type AuditAction =
  | "account-connected"
  | "account-reconnected"
  | "account-needs-consent"
  | "account-suspended"
  | "account-resumed"
  | "address-changed"
  | "sign-in-allowed"
  | "sign-in-disallowed"
  | "disconnect-requested"
  | "holder-disconnect-requested"
  | "revocation-requested"
  | "admission-ended"
  | "account-destroyed"
  | "reconnecting-allowed"
  | "admin-refused"
  | "admin-unpinned";

/** Why Latchkey itself did something: a person's reason is in their own words, this one in the reader's language. */
export type OwnReason =
  | { readonly kind: "not-admitted"; readonly days: number }
  | { readonly kind: "key-lost"; readonly keyId: string }
  | { readonly kind: "renamed"; readonly email: string }
  | { readonly kind: "not-told" };

export interface AuditEvent {
  readonly id: string;
  readonly at: Date;
  readonly action: AuditAction;
  /** An address, "system" or "operator". */
  readonly actor: string;
  readonly target: string | null;
  readonly reason: string | null;
  readonly because: OwnReason | null;
  readonly status: AccountStatus | null;
  /** An earlier connection of the same Google account, whose history is its own. */
  readonly earlier: AccountId | null;
}
