/** Little-endian numbers and stretches of bytes, one after the other. Past the end everything is zero and empty. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  u16(): number {
    const value = this.left >= 2 ? this.#view.getUint16(this.#at, true) : 0;
    this.skip(2);
    return value;
  }

  u32(): number {
    const value = this.left >= 4 ? this.#view.getUint32(this.#at, true) : 0;
    this.skip(4);
    return value;
  }

  /** As many of them as there are. */
  bytes(length: number): Uint8Array {
    const value = this.#bytes.subarray(this.#at, this.#at + length);
    this.skip(length);
    return value;
  }

  skip(length: number): void {
    this.#at = Math.min(this.#at + length, this.#bytes.length);
  }
}
