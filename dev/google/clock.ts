/** The local Google's time: the real one, plus whatever a test has advanced. */
export class Clock {
  #advancedMs = 0;

  now(): number {
    return Date.now() + this.#advancedMs;
  }

  get advancedMs(): number {
    return this.#advancedMs;
  }

  advance(seconds: number): void {
    this.#advancedMs += seconds * 1000;
  }

  /** Set the offset outright: 0 on a reset, the stored one after a restart. */
  setAdvanced(ms: number): void {
    this.#advancedMs = ms;
  }
}
