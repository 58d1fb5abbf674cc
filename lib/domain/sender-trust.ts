/** What can be said about whom a message is from. Types only: components may import this file. */

/** A domain that stands behind a message. */
export interface Voucher {
  /** In lower case, in ASCII. */
  readonly domain: string;
  /** It belongs to the organization that the sender's address names. */
  readonly isSenders: boolean;
}

/** What Google's own receiving server wrote down. Nobody else is believed. */
export interface Authentication {
  /** False where Google received nothing: what the account sent itself, and what was brought in from elsewhere. */
  readonly isChecked: boolean;
  /** Domains whose DKIM signature held, the sender's own first. */
  readonly signatures: readonly Voucher[];
  /** The domain that a bounce goes to, where it lets this server send for it (SPF). */
  readonly sentBy: Voucher | null;
  /** Whether the domain of From stands behind the message; null where it does not say how to find out. */
  readonly dmarc: "pass" | "fail" | null;
  /** Who passed it on and sealed what it had found out before (ARC), where the seals hold. */
  readonly passedOnBy: string | null;
  /** The server that handed it to Google: its name in DNS, if any, and its address. */
  readonly cameFrom: { readonly host: string | null; readonly address: string } | null;
  /** Whether the last hop into Google was encrypted; null where it is not told. */
  readonly encryptedInTransit: boolean | null;
}

/** The list that a message went through, as it calls itself. */
export interface MailingList {
  readonly name: string | null;
  /** "pond.lists.example.org" */
  readonly id: string;
}

/** An author's name claims to be another address, and is not shown as a name. `address` is empty where there is none. */
export interface MisleadingName {
  readonly code: "misleading-name";
  readonly claimed: string;
  readonly address: string;
}

/** What a reader should know before they believe in a sender. Each is said with its reason. */
export type SenderWarning =
  /** The domain in From does not stand behind this message. */
  | {
      readonly code: "not-confirmed";
      readonly domain: string;
      readonly signedBy: string | null;
      readonly sentBy: string | null;
    }
  /** So it is here, and a list or a relay has passed it on, which alone has that effect. */
  | { readonly code: "passed-on"; readonly domain: string; readonly by: string; readonly isList: boolean }
  | MisleadingName
  /** The domain is written so that it looks like another one. */
  | {
      readonly code: "look-alike-domain";
      /** As it looks, or as it stands where it has odd characters. */
      readonly shown: string;
      /** As DNS has it: `xn--…`; empty where it cannot have it. */
      readonly ascii: string;
      /** What it looks like in plain Latin letters, where it does. */
      readonly looksLike: string | null;
      readonly reason: "mixed-scripts" | "foreign-letters" | "odd-characters";
    }
  /** Letters of two scripts in one word of the name. */
  | { readonly code: "look-alike-name"; readonly name: string; readonly looksLike: string }
  /** Answers go to another organization. */
  | { readonly code: "replies-elsewhere"; readonly from: string; readonly to: string }
  /** The name of somebody the account has mail from, at another organization's address. */
  | {
      readonly code: "known-name";
      readonly name: string;
      readonly address: string;
      /** The address that it is known from. */
      readonly known: string;
      readonly isUnconfirmed: boolean;
    }
  /** The reader's own name, at another's address. */
  | { readonly code: "own-name"; readonly name: string; readonly address: string }
  /** The address looks like one that the account has mail from. */
  | { readonly code: "known-look"; readonly address: string; readonly known: string }
  | { readonly code: "first-message"; readonly address: string };

/** What the copy knows of a sender. */
export interface SenderHistory {
  /** Messages from the address, this one among them, as far as they were counted. */
  readonly messages: number;
  /** There are more than were counted. */
  readonly isMore: boolean;
  /** Milliseconds since the epoch. */
  readonly sinceMs: number;
}

/** What the copy adds to what a message says of its sender. */
export interface SenderTrust {
  readonly warnings: readonly SenderWarning[];
  readonly history: SenderHistory | null;
}
