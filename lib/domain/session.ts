/** Where a request comes from, as far as it says so. */
export interface Client {
  /** The network address; null when it is not known. */
  readonly address: string | null;
  readonly userAgent: string | null;
}

/** A session as its owner sees it in a list, without its token. */
export interface OpenSession extends Client {
  readonly id: string;
  /** The address of the account that opened it. */
  readonly openedWith: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  /** When it ends if nobody uses it any more. */
  readonly endsAt: Date;
  /** Whether it is the one that asks. */
  readonly isThisOne: boolean;
}
