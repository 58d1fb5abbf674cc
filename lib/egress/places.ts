import { EgressError } from "./egress-error.ts";

export interface PlaceLimits {
  /** Requests of one account that are under way at the same time, and of all. */
  readonly perAccount: number;
  readonly inAll: number;
  /** How many more of one account may wait. */
  readonly waiting: number;
}

interface Waiting {
  readonly who: string;
  readonly start: () => void;
}

/** Who may send now, and who waits: in turn, but nobody's many requests keep another from theirs. */
export class Places {
  readonly #limits: PlaceLimits;
  readonly #taken = new Map<string, number>();
  #inAll = 0;
  #waiting: Waiting[] = [];

  constructor(limits: PlaceLimits) {
    this.#limits = limits;
  }

  /** Runs `send` when there is a place. @throws EgressError busy; what the signal gives as its reason */
  async run<Value>(who: string, signal: AbortSignal, send: () => Promise<Value>): Promise<Value> {
    signal.throwIfAborted();
    if (!this.#isFree(who)) await this.#wait(who, signal);
    else this.#take(who);
    try {
      return await send();
    } finally {
      this.#leave(who);
    }
  }

  #isFree(who: string): boolean {
    return this.#inAll < this.#limits.inAll && (this.#taken.get(who) ?? 0) < this.#limits.perAccount;
  }

  #take(who: string): void {
    this.#inAll += 1;
    this.#taken.set(who, (this.#taken.get(who) ?? 0) + 1);
  }

  #leave(who: string): void {
    this.#inAll -= 1;
    const left = (this.#taken.get(who) ?? 1) - 1;
    if (left === 0) this.#taken.delete(who);
    else this.#taken.set(who, left);
    const next = this.#waiting.find((waiting) => this.#isFree(waiting.who));
    if (next) this.#begin(next);
  }

  #begin(next: Waiting): void {
    this.#waiting = this.#waiting.filter((waiting) => waiting !== next);
    // Taken here, so that nobody who comes in between gets it.
    this.#take(next.who);
    next.start();
  }

  async #wait(who: string, signal: AbortSignal): Promise<void> {
    if (this.#waiting.filter((waiting) => waiting.who === who).length >= this.#limits.waiting) {
      throw new EgressError("busy");
    }
    await new Promise<void>((resolve, reject) => {
      const waiting = {
        who,
        start: () => {
          signal.removeEventListener("abort", giveUp);
          resolve();
        },
      };
      const giveUp = () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        reject(signal.reason);
      };
      signal.addEventListener("abort", giveUp, { once: true });
      this.#waiting.push(waiting);
    });
  }
}
