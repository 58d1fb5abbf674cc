/** Bytes of which the beginning is known. */
export interface Peeked {
  readonly beginning: Buffer;
  /** Whether that is all there is. */
  readonly isWhole: boolean;
  /** All of it, from the start. To be asked for once. */
  all(): AsyncIterableIterator<Uint8Array>;
  /** Lets go of the source. */
  leave(): Promise<void>;
}

/** Takes bytes from the source until that is enough; what was taken is given again by {@link Peeked.all}. */
export async function peek(
  bytes: AsyncIterable<Uint8Array>,
  isEnough: (beginning: Buffer) => boolean,
): Promise<Peeked> {
  const source = bytes[Symbol.asyncIterator]();
  let beginning: Buffer = Buffer.alloc(0);
  let isWhole = false;
  while (!isWhole && !isEnough(beginning)) {
    const { done, value } = await source.next();
    if (done) isWhole = true;
    else beginning = Buffer.concat([beginning, value]);
  }
  const leave = async () => {
    await source.return?.();
  };
  return { beginning, isWhole, leave, all: () => again(beginning, source, leave) };
}

/** No generator: one that is left before it began would not let go of its source. */
function again(
  beginning: Buffer,
  source: AsyncIterator<Uint8Array>,
  leave: () => Promise<void>,
): AsyncIterableIterator<Uint8Array> {
  let isBegun = beginning.length === 0;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      if (isBegun) return source.next();
      isBegun = true;
      return Promise.resolve({ done: false, value: beginning });
    },
    async return() {
      await leave();
      return { done: true, value: undefined };
    },
  };
}
