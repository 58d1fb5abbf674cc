type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Bytes as a web stream that takes them as fast as its reader does, and lets go of their source when the reader leaves. */
export function byteStream(bytes: Bytes): ReadableStream<Uint8Array> {
  const chunks = Symbol.asyncIterator in bytes ? bytes[Symbol.asyncIterator]() : bytes[Symbol.iterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await chunks.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

export interface Peeked {
  /** The first bytes: as many as were asked for, or all there are. */
  readonly head: Uint8Array;
  /** All of the bytes, the first among them. */
  readonly all: AsyncIterable<Uint8Array>;
}

/** Looks at the first bytes, and leaves them in their place. Ends the source when it fails. */
export async function peeked(bytes: Bytes, count: number): Promise<Peeked> {
  const chunks = asyncChunks(bytes);
  const first: Uint8Array[] = [];
  let length = 0;
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    first.push(next.value);
    length += next.value.length;
    if (length >= count) break;
  }
  const head = Buffer.concat(first);
  return { head: head.subarray(0, count), all: followedBy(head, chunks) };
}

async function* asyncChunks(bytes: Bytes): AsyncGenerator<Uint8Array, void> {
  yield* bytes;
}

/** No generator: one that has not begun does not end its source when it is ended itself. */
function followedBy(head: Uint8Array, rest: AsyncGenerator<Uint8Array, void>): AsyncIterable<Uint8Array> {
  let isFirst = head.length > 0;
  const iterator: AsyncIterator<Uint8Array> = {
    next() {
      if (!isFirst) return rest.next();
      isFirst = false;
      return Promise.resolve({ done: false, value: head });
    },
    async return() {
      await rest.return();
      return { done: true, value: undefined };
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

/**
 * The bytes from `start` to before `end` of a source that has only a beginning: those before are read and dropped, those after
 * are not asked for.
 * @throws RangeError when the source ends sooner, or goes on beyond the `size` that was told
 */
export async function* stretchOf(
  bytes: AsyncIterable<Uint8Array>,
  { start, end, size }: { readonly start: number; readonly end: number; readonly size: number },
): AsyncGenerator<Uint8Array, void> {
  let at = 0;
  for await (const chunk of bytes) {
    const [from, to] = [Math.max(0, start - at), Math.min(chunk.length, end - at)];
    at += chunk.length;
    if (at > size) break;
    if (to > from) yield chunk.subarray(from, to);
    if (at >= end && end < size) return;
  }
  if (at !== size) throw new RangeError("an attachment is not as long as it was said to be");
}
