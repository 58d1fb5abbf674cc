/** Someone in a From, To, Cc or Reply-To header. */
export interface MailAddress {
  /** Decoded, without controls. Null when there is none, or when it claims to be another address. */
  readonly name: string | null;
  /** As it stood (punycode stays punycode); empty when the header gives only a name. */
  readonly address: string;
}
