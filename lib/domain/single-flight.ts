/**
 * What several callers want at once is made once. They share its failure too, unless that concerns the caller who made it
 * and nobody else: then the next of them makes it.
 */

type Make<Value> = () => Promise<Value>;

/**
 * An error with this property concerns its caller alone: the visitor has left, or the caller's own share is used up.
 */
export interface CallersOwn {
  readonly isCallersOwn: boolean;
}

const isCallersOwn = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === "AbortError" || (error as Partial<CallersOwn>).isCallersOwn === true);

/** @param join gives what is being made already, or else calls what it is handed */
export async function joinFlight<Value>(
  join: (make: Make<Value>) => Promise<Value>,
  make: Make<Value>,
): Promise<Value> {
  let isOurs = false;
  try {
    return await join(() => {
      isOurs = true;
      return make();
    });
  } catch (error) {
    if (isOurs || !isCallersOwn(error)) throw error;
    return joinFlight(join, make);
  }
}

/** For what is not kept once it is made. */
export class SingleFlight<Key, Value> {
  readonly #underWay = new Map<Key, Promise<Value>>();

  /** The value of this key that is being made, or else what `make` makes. */
  do(key: Key, make: Make<Value>): Promise<Value> {
    return joinFlight((start) => this.#underWay.get(key) ?? this.#begin(key, start), make);
  }

  #begin(key: Key, start: Make<Value>): Promise<Value> {
    const making = start().finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, making);
    return making;
  }
}
