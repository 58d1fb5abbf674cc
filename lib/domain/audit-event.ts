import type { AccountStatus } from "./account.ts";

/** Everything that is written down. Each change of an account's state is one of these. */
export type AuditAction =
  | "account-connected"
  | "account-reconnected"
  | "account-needs-consent"
  | "disconnect-requested"
  | "revocation-requested"
  | "account-destroyed";

export interface AuditEvent {
  readonly id: string;
  readonly at: Date;
  readonly action: AuditAction;
  /** An address, or "system". */
  readonly actor: string;
  readonly target: string | null;
  readonly reason: string | null;
  readonly status: AccountStatus | null;
}
