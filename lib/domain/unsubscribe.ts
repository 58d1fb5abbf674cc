/** Ways to leave the mailing list that a message came by. Types only. At least one is there. */
export interface Unsubscribe {
  /** https: takes a request of ours that ends it, and nothing else. Null where the message does not prove who says so. */
  readonly oneClick: string | null;
  /** http or https: a page on which a person does it. */
  readonly page: string | null;
  /** A `mailto:` link: a mail that asks for it. */
  readonly mail: string | null;
}

/** What came of asking a list's server to leave. */
export type UnsubscribeOutcome =
  | "done"
  /** It says no, or that something is wrong. */
  | "refused"
  /** It names another address, which is not followed. */
  | "elsewhere"
  | "not-reached"
  /** The message offers it no longer, or never did. */
  | "not-offered";
