import { expect, test } from "vitest";
import { type EventStream, eventStream } from "./event-stream.ts";
import { countStream, openStreams } from "./open-streams.ts";

/** A stream, and what it was begun with. */
function open(leaving = new AbortController()) {
  let begun: EventStream | undefined;
  const readable = eventStream(leaving.signal, async (stream) => {
    begun = stream;
  });
  if (!begun) throw new Error("The stream did not begin.");
  return { readable, stream: begun, leaving };
}

const readAll = async (readable: ReadableStream<Uint8Array>): Promise<string> =>
  new Response(readable).text();

test("what is sent arrives, with the last words at the end, and nothing after them", async () => {
  const { readable, stream } = open();
  stream.send("one\n");
  stream.end("last\n");
  stream.end("again\n");
  stream.send("late\n");
  expect(await readAll(readable)).toBe("one\nlast\n");
});

for (const [how, end] of [
  ["its listener leaves", ({ leaving }: ReturnType<typeof open>) => leaving.abort()],
  ["it is cancelled", ({ readable }: ReturnType<typeof open>) => void readable.cancel()],
  ["it comes to its end", ({ stream }: ReturnType<typeof open>) => stream.end()],
  [
    "nobody takes what is sent",
    ({ stream }: ReturnType<typeof open>) => {
      for (let sent = 0; sent < 300; sent += 1) stream.send("event\n");
    },
  ],
] as const) {
  test(`a stream is over once when ${how}, and sending to it then does no harm`, () => {
    const opened = open();
    let ends = 0;
    opened.stream.ended.addEventListener("abort", () => {
      ends += 1;
    });
    end(opened);
    opened.leaving.abort();
    opened.stream.send("late\n");
    opened.stream.end("late\n");
    expect(ends).toBe(1);
  });
}

test("a stream whose beginning fails ends: what lives for it is given up, and sending to it does no harm", async () => {
  const begun = Promise.withResolvers<EventStream>();
  const readable = eventStream(new AbortController().signal, async (stream) => {
    begun.resolve(stream);
    throw new Error("The database is away.");
  });
  const stream = await begun.promise;
  expect(await readAll(readable)).toBe("");
  expect(stream.ended.aborted).toBe(true);
  stream.send("late\n");
  stream.end("late\n");
});

test("a listener who has gone before the beginning is told nothing", async () => {
  const leaving = new AbortController();
  leaving.abort();
  let begun = false;
  eventStream(leaving.signal, async () => {
    begun = true;
  });
  expect(begun).toBe(false);
});

test("a session has eight streams at most: the ninth ends the oldest, and what ends is not counted", () => {
  const opened = Array.from({ length: 9 }, () => open());
  for (const { stream } of opened) countStream("session", stream.ended, () => stream.end());
  expect(opened.map(({ stream }) => stream.ended.aborted)).toEqual([true, ...Array(8).fill(false)]);
  expect(openStreams("session")).toBe(8);
  const other = open();
  countStream("other", other.stream.ended, () => other.stream.end());
  for (const { leaving } of opened) leaving.abort();
  expect([openStreams("session"), openStreams("other")]).toEqual([0, 1]);
  other.stream.end();
});
