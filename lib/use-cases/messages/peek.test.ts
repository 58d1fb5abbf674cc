import { expect, it } from "vitest";
import { byteStream } from "./byte-stream.ts";
import { peek } from "./peek.ts";

/** A source of three chunks, and whether it was let go of. */
function source() {
  let isLeft = false;
  async function* chunks() {
    try {
      for (const text of ["one ", "two ", "three"]) yield Buffer.from(text);
    } finally {
      isLeft = true;
    }
  }
  return { chunks: chunks(), isLeft: () => isLeft };
}

it("gives again what it took, then the rest", async () => {
  const { beginning, isWhole, all } = await peek(source().chunks, ({ length }) => length > 5);
  expect([beginning.toString(), isWhole]).toEqual(["one two ", false]);
  const taken: Uint8Array[] = [];
  for await (const chunk of all()) taken.push(chunk);
  expect(Buffer.concat(taken).toString()).toBe("one two three");
});

it("takes what is short whole", async () => {
  const { beginning, isWhole } = await peek(source().chunks, () => false);
  expect([beginning.toString(), isWhole]).toEqual(["one two three", true]);
});

it("lets go of its source when nobody wants the rest, before the first byte as after it", async () => {
  const before = source();
  await byteStream((await peek(before.chunks, () => true)).all()).cancel();
  // Nothing was taken: the source never began.
  expect((await before.chunks.next()).done).toBe(true);
  const after = source();
  const reader = byteStream((await peek(after.chunks, ({ length }) => length > 0)).all()).getReader();
  await reader.read();
  await reader.cancel();
  expect(after.isLeft()).toBe(true);
});
