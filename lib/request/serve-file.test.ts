import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { serveFile } from "./serve-file.ts";

/** Twenty bytes in chunks of seven, and how many chunks were taken of them. */
function file(size: number | null = 20) {
  let taken = 0;
  let isLeft = false;
  async function* chunks() {
    try {
      for (let at = 0; at < 20; at += 7) {
        taken += 1;
        yield Buffer.from("abcdefghijklmnopqrst").subarray(at, at + 7);
      }
    } finally {
      isLeft = true;
    }
  }
  const content = { filename: "a.bin", shownType: null, bytes: chunks(), sizeBytes: size, etag: '"v1"' };
  return { content, taken: () => taken, isLeft: () => isLeft };
}

async function ask(headers: Record<string, string>, size: number | null = 20) {
  const { content, taken, isLeft } = file(size);
  const { status = 200, body, headers: sent } = serveFile(content, new Headers(headers));
  const text = (await buffer(body as ReadableStream<Uint8Array>)).toString();
  return { status, text, sent, taken: taken(), isLeft: isLeft() };
}

describe("a part of a file", () => {
  it.each([
    ["bytes=0-", 206, "abcdefghijklmnopqrst", "bytes 0-19/20", 3],
    ["bytes=0-2", 206, "abc", "bytes 0-2/20", 1],
    ["bytes=5-8", 206, "fghi", "bytes 5-8/20", 2],
    ["bytes=-3", 206, "rst", "bytes 17-19/20", 3],
    ["bytes=19-900", 206, "t", "bytes 19-19/20", 3],
    ["bytes=20-", 416, "", "bytes */20", 1],
    ["bytes=0-1,4-5", 200, "abcdefghijklmnopqrst", undefined, 3],
    ["bytes=nonsense", 200, "abcdefghijklmnopqrst", undefined, 3],
    ["lines=1-2", 200, "abcdefghijklmnopqrst", undefined, 3],
  ])(
    "%s is answered %i with %j, and no more is taken than is needed",
    async (range, status, text, of, taken) => {
      const answer = await ask({ range });
      expect(answer).toMatchObject({ status, text, taken, isLeft: true });
      expect(answer.sent["content-range"]).toBe(of);
    },
  );

  it("is given only of the version that the rest is of", async () => {
    expect(await ask({ range: "bytes=0-2", "if-range": '"v1"' })).toMatchObject({ status: 206, text: "abc" });
    for (const other of ['"v0"', 'W/"v1"', "Fri, 27 Nov 2026 06:00:00 GMT"])
      expect(await ask({ range: "bytes=0-2", "if-range": other })).toMatchObject({ status: 200 });
  });

  it("is not offered where nobody knows how long the file is", async () => {
    const answer = await ask({ range: "bytes=0-2" }, null);
    expect(answer).toMatchObject({ status: 200, text: "abcdefghijklmnopqrst" });
    expect(answer.sent).not.toHaveProperty("accept-ranges");
  });

  it("breaks off where the file is not as long as it was said to be, rather than be taken for whole", async () => {
    await expect(ask({}, 19)).rejects.toThrow(RangeError);
    await expect(ask({}, 21)).rejects.toThrow(RangeError);
  });
});
