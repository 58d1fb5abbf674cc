import { describe, expect, it } from "vitest";
import { cpuMs } from "../fixtures/cpu-time.ts";
import { frameDocument } from "../frame.ts";
import { type PrintedMessage, printDocument } from "./print-document.ts";
import { htmlForPaper } from "./print-html.ts";
import { textForPaper } from "./print-text.ts";

const address = (text: string) => `<span class="print-address"> (${text})</span>`;

describe("markup for paper", () => {
  it.each([
    ["its address behind words", "pond", "https://a.example/x?b=1&amp;c", "https://a.example/x?b=1&amp;c"],
    ["an address for mail", "write", "mailto:a@b.example", "a@b.example"],
    ["no address that the words say", "See https://a.example/x/", "https://a.example/x/", null],
    ["no address that the words say without its scheme", "a.example", "https://a.example/", null],
    ["no address behind a picture", '<img src="/x">', "https://a.example", null],
  ])("has %s", (_name, words, href, shown) => {
    const html = `<p><a href="${href}" rel="noopener">${words}</a>.</p>`;
    expect(htmlForPaper(html)).toBe(shown === null ? html : html.replace("</a>", `</a>${address(shown)}`));
  });

  it("has the beginning of an address that nobody would type", () => {
    const html = htmlForPaper(`<a href="https://a.example/${"x".repeat(500)}">go</a>`);
    expect(html).toMatch(/ \(https:\/\/a\.example\/x{182}…\)/u);
  });

  it("can make no tag of an address", () => {
    const html = htmlForPaper('<a href="https://a.example/&lt;img src=x&gt;">go</a>');
    expect(html).toContain("(https://a.example/&lt;img src=x&gt;)");
  });

  it("has every quote open", () => {
    const folded = '<details class="quoted"><summary>Quoted text</summary>Old</details>';
    expect(htmlForPaper(folded)).toBe(folded.replace("<details", '<details open=""'));
  });

  it("is made in no time, whatever stands in it", () => {
    for (const piece of [
      "<a ",
      '<a href="',
      "<a>",
      "</a>",
      '<a href="x">y</a>',
      '<details class="quoted">',
    ]) {
      expect(
        cpuMs(() => htmlForPaper(piece.repeat(100_000))),
        piece,
      ).toBeLessThan(1_000);
    }
  });
});

it("plain text for paper has its quotes open and its addresses said", () => {
  const runs = (text: string, href?: string) => [href === undefined ? { text } : { text, href }];
  const html = textForPaper([
    { kind: "text", runs: runs("1 < 2") },
    { kind: "text", runs: runs("pond", "https://a.example") },
    {
      kind: "quote",
      depth: 1,
      folded: true,
      attribution: runs("Bo wrote:"),
      blocks: [{ kind: "signature", runs: runs("Bo") }],
    },
  ]);
  expect(html).toBe(
    [
      "<p>1 &lt; 2</p>",
      `<p>pond${address("https://a.example")}</p>`,
      '<p class="signature">Bo wrote:</p><blockquote><p class="signature">Bo</p></blockquote>',
    ].join("\n"),
  );
});

describe("a document for paper", () => {
  const message = (body: PrintedMessage["body"]): PrintedMessage => ({
    fields: [["From", "Ann <ann@example.org>"]],
    notes: [],
    body,
    enclosed: [],
  });
  const print = (...messages: PrintedMessage[]) =>
    printDocument({ title: "The <pond>", language: "en", hint: "Press", messages });
  const framed = (html: string) => ({
    kind: "html" as const,
    document: frameDocument(
      { html, css: ":where(.mail) p{color:red}", pictures: [], hasOwnColors: true },
      {
        inlineImages: new Map(),
        remoteImages: new Map(),
        colors: "original",
        quotedText: "Quoted",
        linkNote: () => "",
      },
    ),
  });

  it("escapes what stands above a message", () => {
    expect(print(message({ kind: "none" }))).toContain("<h1>The &lt;pond&gt;</h1>");
    expect(print(message({ kind: "none" }))).toContain("<dd>Ann &lt;ann@example.org&gt;</dd>");
  });

  it("has the frame's content, each in a shadow tree of its own, with the frame's style for its host", () => {
    const html = print(message(framed("<p>One</p>")), message(framed("<p>Two</p>")));
    const trees = html.match(/<template shadowrootmode="closed">[\s\S]*?<\/template>/gu) ?? [];
    expect(trees).toHaveLength(2);
    expect(trees[0]).toContain("<p>One</p>");
    expect(trees[1]).toContain("<p>Two</p>");
    expect(trees[0]).toContain(":where(.mail) p{color:red}");
    expect(html).toMatch(/<div class="[^"]*\bown-colors\b[^"]*"><template/u);
    expect(trees[0]).toMatch(/:host\{/u);
    expect(trees[0]).toContain(":host(.own-colors)");
    expect(trees[0]).not.toContain(":root");
    expect(html.replace(/<template[\s\S]*?<\/template>/gu, "")).not.toMatch(/One|Two/u);
  });
});
