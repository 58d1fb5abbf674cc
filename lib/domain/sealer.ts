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
}
