/** Bytes as a web stream that takes them as fast as its reader does, and lets go of their source when the reader leaves. */
export function byteStream(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): ReadableStream<Uint8Array> {
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
