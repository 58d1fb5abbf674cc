/** A connected account and its state, in the words that every layer shares. */
import type { ClientRefusal } from "./client-refusal.ts";
import type { AccountId } from "./mail.ts";

/** Why Google has to be asked for consent again. */
export type ConsentCause =
  | "no-refresh-token"
  | "scope-missing"
  | "revoked-by-user"
  | "expired"
  | "policy"
  | "unknown";

/** Who made an account unusable on purpose. */
export type SuspendCause =
  | "admin"
  | "security-event"
  /** This instance's lists do not admit it any more. */
  | "not-admitted";

/** Who ended the connection. */
export type DisconnectCause =
  | "user"
  | "admin"
  /** Whoever holds the Google account, which was connected by somebody else here. */
  | "holder"
  /** Nobody: it was not admitted, for longer than the time of grace. */
  | "not-admitted";

export type AccountStatus =
  | { readonly state: "ACTIVE" }
  | { readonly state: "NEEDS_CONSENT"; readonly cause: ConsentCause }
  | { readonly state: "SUSPENDED"; readonly cause: SuspendCause }
  | { readonly state: "DISCONNECTED"; readonly cause: DisconnectCause };

/** Google's sign-in scopes, and the one permission that Latchkey asks for. */
export const gmailReadonlyScope = "https://www.googleapis.com/auth/gmail.readonly";
export const requestedScopes = [
  "openid",
  "https://www.googleapis.com/auth/userinfo.email",
  "https://www.googleapis.com/auth/userinfo.profile",
  gmailReadonlyScope,
] as const;

/** A wider scope also permits reading; it may have been granted to this client earlier. */
const readingScopes: readonly string[] = [
  gmailReadonlyScope,
  "https://www.googleapis.com/auth/gmail.modify",
  "https://mail.google.com/",
];

export const mayReadMail = (scopes: readonly string[]): boolean =>
  scopes.some((scope) => readingScopes.includes(scope));

/** An account as its owner sees it. Holds no secret. */
export interface MyAccount {
  readonly id: AccountId;
  readonly email: string;
  readonly name: string | null;
  readonly status: AccountStatus;
  /** Whether signing in to Google with it opens a session of its owner's. */
  readonly maySignIn: boolean;
  readonly stateChangedAt: Date;
  readonly connectedAt: Date;
  readonly lastRefreshedAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly lastReadAt: Date | null;
  /** Since when Google has not answered for this account; null when it does. */
  readonly unansweredSince: Date | null;
  /** Why Google refuses this server's OAuth client for this account; null when it does not. */
  readonly clientRefusal: ClientRefusal | null;
  /** The key of TOKEN_KEYS that this server lacks to open anything of it; null when it has it. */
  readonly lacksKey: string | null;
  readonly scopes: readonly string[];
  /** When the owner's time-limited consent ends; null for one without an end. */
  readonly grantEndsAt: Date | null;
}

/** Whether this instance's lists no longer admit it. */
export const isNotAdmitted = ({ status }: Pick<MyAccount, "status">): boolean =>
  "cause" in status && status.cause === "not-admitted";

/** Whether somebody may be here with an account: a dead grant does not end that. */
export const isUsable = ({ state }: AccountStatus): boolean =>
  state === "ACTIVE" || state === "NEEDS_CONSENT";

/** The accounts that let their owner in. */
export const waysIn = (accounts: readonly MyAccount[]): MyAccount[] =>
  accounts.filter(({ maySignIn, status }) => maySignIn && isUsable(status));

/** An account as an admin sees it. Holds no secret and no mail. */
/** Whether somebody looked, or a job worked for them. */
export type UsedBy = "person" | "job";

export interface ConnectedAccount {
  readonly id: AccountId;
  readonly owner: string;
  readonly email: string;
  readonly status: AccountStatus;
  readonly stateChangedAt: Date;
  readonly scopes: readonly string[];
  readonly grantEndsAt: Date | null;
  readonly connectedAt: Date;
  readonly lastRefreshedAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly lastUsedBy: UsedBy | null;
  readonly unansweredSince: Date | null;
  /** Why Google refuses this server's OAuth client for this account; null when it does not. */
  readonly clientRefusal: ClientRefusal | null;
  /** The key of TOKEN_KEYS that this server lacks to open anything of it; null when it has it. */
  readonly lacksKey: string | null;
}

/** How an account that an admin withdrew can come back: at once, from a moment on, or when an admin allows it. */
export type Again = { readonly kind: "now" | "when-allowed" } | { readonly kind: "from"; readonly at: Date };
