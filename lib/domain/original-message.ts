/** A message as it was sent. Types only: components may import this file. What is invisible stands in these texts as ⟨U+202E⟩. */

export interface OriginalMessage {
  /** In their order, from the top. */
  readonly headers: readonly OriginalHeader[];
  /** There are more headers than these. */
  readonly isCut: boolean;
  /** Decoded, on one line; null when there is none. */
  readonly subject: string | null;
  /** What the message calls itself, with its brackets; null when it does not. */
  readonly messageId: string | null;
  /** The way it took, from its sender on. */
  readonly hops: readonly Hop[];
  /** From the first clock on the way to the last, in milliseconds; null where there are no two. */
  readonly tookMs: number | null;
  readonly source: OriginalSource;
}

export interface OriginalHeader {
  /** Empty for a line that is no header. */
  readonly name: string;
  /** As it was sent, with its folds. */
  readonly raw: string;
  /** What it means, where that is not what stands there. */
  readonly decoded: string | null;
  /** Only its beginning is here. */
  readonly isCut: boolean;
  /** What it says, where it is about authentication. */
  readonly note: AuthenticationNote | null;
}

export type AuthenticationNote =
  /** Google's own server wrote it. */
  | { readonly kind: "googles"; readonly checks: readonly AuthenticationCheck[] }
  /** Somebody else wrote it, who may call themselves anything. */
  | { readonly kind: "others"; readonly by: string | null }
  | { readonly kind: "signature"; readonly domain: string | null }
  | { readonly kind: "spf" }
  | { readonly kind: "arc" };

export interface AuthenticationCheck {
  readonly method: "spf" | "dkim" | "dmarc" | "arc";
  readonly result: "pass" | "fail" | "none";
  /** Whose it is. */
  readonly domain: string | null;
}

export interface OriginalSource {
  readonly text: string;
  readonly shownBytes: number;
  readonly isWhole: boolean;
}

/** One server that wrote down that it took the message. */
export interface Hop {
  /** As the handing server called itself; null where the message stayed in one house. */
  readonly from: string | null;
  /** The name of that server's address in DNS, and the address, as far as they are told. */
  readonly host: string | null;
  readonly address: string | null;
  readonly by: string | null;
  /** "ESMTPS" */
  readonly protocol: string | null;
  readonly at: Date | null;
  /** Since the hop before, by their clocks; null where one does not tell. */
  readonly delayMs: number | null;
  readonly oddities: readonly HopOddity[];
}

export type HopOddity =
  /** It does not tell when. */
  | "no-date"
  /** By its clock it had the message before the server that handed it over. */
  | "before-the-last"
  /** It had the message long after the server that handed it over. */
  | "slow"
  /** The message came from another house in clear. */
  | "in-clear"
  /** The server called itself by a name that is not its address's. */
  | "other-name";
