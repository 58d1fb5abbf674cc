/** Where an account's sealed value lives: it opens nowhere else. */
export interface SealedPlace {
  readonly table: string;
  readonly field: string;
  readonly row: string;
}

/** Seals and opens the values of one account. What folders below the vault get instead of a key. */
export interface Sealer {
  seal(plain: Uint8Array, place: SealedPlace): Uint8Array<ArrayBuffer>;
  /** @throws SealError when the value was altered or moved */
  open(sealed: Uint8Array, place: SealedPlace): Uint8Array<ArrayBuffer>;
  /** Null when the value was altered or moved: for one of many, where the others are to be had all the same. */
  openOrNull(sealed: Uint8Array, place: SealedPlace): Uint8Array<ArrayBuffer> | null;
  /**
   * 64 bits that equal texts of this account share and that tell nobody else anything: what a column holds that equal
   * values are found by. Signed, as PostgreSQL's bigint is.
   * @param purpose texts of different purposes share nothing
   */
  fingerprint(purpose: string, text: string): bigint;
}
