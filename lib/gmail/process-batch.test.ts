import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { parseBatchAnswer } from "./process-batch.ts";

const partHead =
  "Content-Type: application/http\r\nContent-ID: <response-item-0>\r\n\r\n" +
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nRetry-After: 3\r\n\r\n{"id":"a"}\r\n';
const whole = `--b\r\n${partHead}--b--\r\n`;

const plain = (text: string, contentType = "multipart/mixed; boundary=b") =>
  [...parseBatchAnswer(contentType, text)].map(([index, { status, body }]) => [index, status, body.trim()]);

const read = [[0, 200, '{"id":"a"}']];

test.each([
  ["as Google writes it", "multipart/mixed; boundary=b", whole],
  ["with a quoted boundary", 'multipart/mixed; boundary="b"', whole],
  ["with parameters around it", 'Multipart/Mixed; charset=UTF-8; Boundary="b"; x=y', whole],
  ["with bare line feeds", "multipart/mixed; boundary=b", whole.replaceAll("\r\n", "\n")],
  ["with a preamble and an epilogue", "multipart/mixed; boundary=b", `hello\r\n${whole}bye\r\n--b\r\n`],
  ["with blanks after the delimiter", "multipart/mixed; boundary=b", whole.replace("--b\r\n", "--b \t\r\n")],
  ["with other capitals", "multipart/mixed; boundary=b", whole.replace("Content-ID", "content-id")],
  ["without brackets", "multipart/mixed; boundary=b", whole.replace("<response-item-0>", "response-item-0")],
  ["without the prefix", "multipart/mixed; boundary=b", whole.replace("response-", "")],
  ["with a folded header", "multipart/mixed; boundary=b", whole.replace("ID: <", "ID:\r\n <")],
  [
    "with a header that is none",
    "multipart/mixed; boundary=b",
    whole.replace("Content-Type: app", "b@d\r\nX: ü\r\nC: app"),
  ],
])("reads an answer %s", (_, contentType, text) => {
  expect(plain(text, contentType)).toEqual(read);
});

it("reads the headers of a part", () => {
  expect(parseBatchAnswer("multipart/mixed; boundary=b", whole).get(0)?.headers.get("retry-after")).toBe("3");
});

it("reads a part without headers, and one without a body", () => {
  const head = "--b\r\nContent-ID: <response-item-1>\r\n\r\n";
  expect(plain(`${head}HTTP/1.1 200 OK\r\n\r\n{}\r\n--b--`)).toEqual([[1, 200, "{}"]]);
  expect(plain(`${head}HTTP/1.1 204 No Content\r\n\r\n\r\n--b--`)).toEqual([[1, 204, ""]]);
  expect(plain(`${head}HTTP/1.1 204 No Content\r\n--b--`)).toEqual([[1, 204, ""]]);
});

it("keeps the first of two parts with the same name", () => {
  expect(plain(`--b\r\n${partHead}--b\r\n${partHead.replace('"a"', '"z"')}--b--`)).toEqual(read);
});

describe("what cannot be trusted is left out", () => {
  test.each([
    ["no boundary", "multipart/mixed", whole],
    ["not multipart", "application/json", "{}"],
    ["no Content-ID", "multipart/mixed; boundary=b", whole.replace("Content-ID", "X")],
    ["somebody else's Content-ID", "multipart/mixed; boundary=b", whole.replace("item-0", "other")],
    ["no status line", "multipart/mixed; boundary=b", whole.replace("HTTP/1.1 200 OK", "hello")],
    ["nothing at all", "multipart/mixed; boundary=b", ""],
  ])("%s", (_, contentType, text) => {
    expect(plain(text, contentType)).toEqual([]);
  });
});

const boundaries = fc
  .tuple(fc.stringMatching(/^[\w'()+,./:=? -]{0,69}$/), fc.stringMatching(/^[\w'()+,./:=?-]$/))
  .map((halves) => halves.join(""));

const bodies = fc.array(fc.string({ unit: "binary" }), { maxLength: 25 });

/** Writes an answer whose parts hold these texts as JSON, in the order that `shuffled` gives. */
function write(
  boundary: string,
  texts: readonly string[],
  order: readonly number[],
  newline: string,
): string {
  const parts = order.map((index) =>
    [
      `--${boundary}`,
      `Content-ID: <response-item-${index}>`,
      "",
      "HTTP/1.1 200 OK",
      "Content-Type: application/json",
      "",
      JSON.stringify(texts[index], null, 2),
      "",
    ].join(newline),
  );
  return `${parts.join("")}--${boundary}--${newline}`;
}

const answers = fc
  .record({ boundary: boundaries, texts: bodies, newline: fc.constantFrom("\r\n", "\n") })
  .chain((made) =>
    fc.record({
      ...{
        boundary: fc.constant(made.boundary),
        texts: fc.constant(made.texts),
        newline: fc.constant(made.newline),
      },
      order: fc.shuffledSubarray([...made.texts.keys()], { minLength: made.texts.length }),
    }),
  );

const parse = (boundary: string, text: string) =>
  parseBatchAnswer(`multipart/mixed; boundary="${boundary}"`, text);

it("is over at the closing delimiter", () => {
  expect(plain(`${whole}--b\r\n${partHead.replace("item-0", "item-1")}--b--`)).toEqual(read);
});

it("gives back what was put in, whatever the boundary, the order and the line ends", () => {
  fc.assert(
    fc.property(answers, ({ boundary, texts, order, newline }) => {
      const parts = parse(boundary, write(boundary, texts, order, newline));
      expect([...texts.keys()].map((index) => JSON.parse(parts.get(index)?.body ?? "null"))).toEqual(texts);
      expect(parts.size).toBe(texts.length);
    }),
  );
});

it("gives no part that is not whole, wherever an answer is cut off", () => {
  fc.assert(
    fc.property(answers, fc.nat(), ({ boundary, texts, order, newline }, place) => {
      const text = write(boundary, texts, order, newline);
      for (const [index, part] of parse(boundary, text.slice(0, place % (text.length + 1)))) {
        expect(JSON.parse(part.body)).toBe(texts[index]);
      }
    }),
  );
});
