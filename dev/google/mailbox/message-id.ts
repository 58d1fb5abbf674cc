import { seedOf } from "../random.ts";

const multiplier = 2654435761;
const inverse = 244002641;

/**
 * Message ids of one mailbox: 16 hex digits, 8 of the mailbox and 8 of the message's number, scrambled so that nobody
 * takes them for a sequence. They decode without a table, so a mailbox of a million needs none.
 */
export class MessageIds {
  readonly #prefix: string;

  constructor(...identity: (string | number)[]) {
    this.#prefix = `19${(seedOf(...identity) & 0xffffff).toString(16).padStart(6, "0")}`;
  }

  idOf(index: number): string {
    return this.#prefix + (Math.imul(index + 1, multiplier) >>> 0).toString(16).padStart(8, "0");
  }

  /** The message's number, or null when the id is not of this mailbox. */
  indexOf(id: string): number | null {
    if (!id.startsWith(this.#prefix)) return null;
    const index = (Math.imul(Number.parseInt(id.slice(8), 16), inverse) >>> 0) - 1;
    return index < 0 ? null : index;
  }
}

/** Gmail's ids are up to 16 hex digits; anything else is "Invalid id value". */
export function isWellFormedId(id: string): boolean {
  return /^[0-9a-f]{1,16}$/.test(id);
}
