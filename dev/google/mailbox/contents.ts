import {
  type Content,
  nothingToSearch,
  open,
  type Searchable,
  type StoredContent,
  searchableLetter,
} from "./content.ts";
import { letterSize } from "./letter.ts";
import type { Seed } from "./seed.ts";

/** What a mailbox's messages contain, by message number. A seeded one is written when it is asked for. */
export class Contents {
  /** What was delivered, and so does not come from the seed. */
  readonly stored = new Map<number, StoredContent>();
  readonly #seed: Pick<Seed, "letter">;
  readonly #read = new Map<number, Searchable>();

  constructor(seed: Pick<Seed, "letter">) {
    this.#seed = seed;
  }

  open(index: number): Promise<Content> {
    const stored = this.stored.get(index);
    return open(stored ?? { kind: "letter", letter: this.#seed.letter(index) });
  }

  /** Parsed mail must have been read with `readForSearch` before. */
  searchable(index: number): Searchable {
    const stored = this.stored.get(index);
    if (!stored) return searchableLetter(this.#seed.letter(index, { quoting: false }));
    return stored.kind === "letter"
      ? searchableLetter(stored.letter)
      : (this.#read.get(index) ?? nothingToSearch);
  }

  /** Take delivered files apart, once, so that they can be searched. */
  async readForSearch(): Promise<void> {
    for (const [index, stored] of this.stored) {
      if (stored.kind === "letter" || this.#read.has(index)) continue;
      this.#read.set(index, (await open(stored)).searchable);
    }
  }

  /** Bytes, roughly, without composing the message: what `larger:` and `smaller:` compare. */
  sizeHint(index: number): number {
    const stored = this.stored.get(index);
    if (stored?.kind === "rfc822") return stored.base64.length * 0.75;
    if (stored?.kind === "verbatim")
      return stored.sizeEstimate ?? JSON.stringify(stored.payload ?? null).length;
    return letterSize(stored?.letter ?? this.#seed.letter(index));
  }
}
