/** Which existing messages belong to which thread; built when first asked, forgotten when the mailbox changes. */
export class ThreadIndex {
  readonly #order: readonly number[];
  readonly #threads: readonly number[];
  #members: Map<number, number[]> | null = null;

  constructor(order: readonly number[], threads: readonly number[]) {
    this.#order = order;
    this.#threads = threads;
  }

  /** Messages by the number of their thread's first message, each oldest first. */
  members(): Map<number, number[]> {
    this.#members ??= Map.groupBy(this.#order, (index) => this.#threads[index] ?? index);
    return this.#members;
  }

  forget(): void {
    this.#members = null;
  }
}
