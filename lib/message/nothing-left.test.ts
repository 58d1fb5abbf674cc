import { type ChildNode, isTag, isText } from "domhandler";
import fc from "fast-check";
import { parseDocument } from "htmlparser2";
import { describe, expect, it } from "vitest";
import type { TextBlock } from "../domain/readable-message.ts";
import { messageFrom, part } from "./fixtures/gmail-payload.ts";
import { hasInk } from "./mime/visible-text.ts";
import { makeReadable } from "./readable.ts";

const base = await messageFrom("");
const headers = [
  { name: "Subject", value: "Re: Meeting" },
  { name: "In-Reply-To", value: "<a@example.org>" },
];
const read = (mimeType: string, text: string) =>
  makeReadable({ ...base, payload: part({ mimeType, text, headers }) }).body;

/** What is seen of markup: all of it, or without what is folded. */
function seen(node: ChildNode, withFolded: boolean): string {
  if (isText(node)) return node.data.replaceAll("&nbsp;", "");
  if (!isTag(node) || node.name === "summary") return "";
  const isHidden = /display:none|font-size:0/.test(node.attribs.style ?? "") || node.attribs.width === "1";
  const isFolded = node.name === "details" && node.attribs.open === undefined;
  if (isHidden || (isFolded && !withFolded)) return "";
  if (node.name === "img" || node.attribs.class === "blocked-image") return "picture";
  return node.children.map((child) => seen(child, withFolded)).join("");
}

function words(block: TextBlock, withFolded: boolean): string {
  if (block.kind !== "quote") return block.runs.map(({ text }) => text).join("");
  if (block.folded && !withFolded) return "";
  return block.blocks.map((inner) => words(inner, withFolded)).join("\n");
}

describe("folding never leaves nothing to be seen", () => {
  it("in HTML", { timeout: 120_000 }, () => {
    const piece = fc.constantFrom(
      '<div class="gmail_quote">',
      "</div>",
      '<blockquote type="cite">',
      "</blockquote>",
      '<div class="gmail_attr">On Fri X wrote:</div>',
      '<div id="divRplyFwdMsg">From: A<br>Sent: x<br>To: b<br>Subject: Meeting</div>',
      "<p>word</p>",
      "<p>\u00a0\u200b</p>",
      "\u2800\u3164\u034f",
      '<div style="display:none">hidden',
      '<span style="font-size:0">hidden</span>',
      '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width=1 height=1>',
      '<img src="https://example.org/x.png">',
      "<table><tr><td>",
      "-----Original Message-----<br>",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const body = read("text/html", pieces.join(""));
        if (body.kind !== "html") return;
        const { children } = parseDocument(body.html, { xmlMode: true, decodeEntities: false });
        const all = children.map((node) => seen(node, true)).join("");
        if (hasInk(all)) expect(hasInk(children.map((node) => seen(node, false)).join(""))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("in a text", () => {
    const line = fc.constantFrom(
      "> quoted",
      ">> quoted",
      "> ".concat("quoted\n> ".repeat(30)),
      "On Fri, Sari wrote:",
      "-----Original Message-----",
      "From: A\nSent: x\nTo: b\nSubject: Meeting\n",
      "word",
      "",
      "\u2800\u200b",
      "-- ",
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const body = read("text/plain", lines.join("\n"));
        if (body.kind !== "text") return;
        const all = body.blocks.map((block) => words(block, true)).join("");
        if (hasInk(all)) expect(hasInk(body.blocks.map((block) => words(block, false)).join(""))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
