import { describe, expect, it } from "vitest";
import type { Message } from "../domain/mail.ts";
import { cpuMs } from "./fixtures/cpu-time.ts";
import { messageFrom, part } from "./fixtures/gmail-payload.ts";
import { makeReadable } from "./readable.ts";

const row =
  '<table width="600" style="border-collapse:collapse"><tr><td align="center" style="padding:10px;font-size:14px;color:#333">' +
  '<a href="https://example.org/?x=1&amp;y=2" style="color:#05a"><img src="https://example.org/a.png" width="200" height="100"></a>' +
  '<p style="margin:0">Some text &amp; more</p></td></tr></table>\n';

const base = await messageFrom("");
const html = (text: string): Message => ({ ...base, payload: part({ mimeType: "text/html", text }) });
const plain = (text: string): Message => ({ ...base, payload: part({ text }) });

/** The best of five runs of each, in ms, taken in turn: collecting garbage only ever adds. */
function best(...messages: Message[]): number[] {
  const times = messages.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < 5; round += 1) {
    for (const [at, message] of messages.entries()) {
      const cost = cpuMs(() => makeReadable(message));
      times[at] = Math.min(times[at] ?? 0, cost);
    }
  }
  return times;
}

describe("twice the input takes at most 3.5 times as long", () => {
  it.each([
    ["a newsletter", html, row],
    ["quotes", html, '<blockquote type="cite">x</blockquote>y '],
    ["Outlook's markers", html, '<div id="divRplyFwdMsg">x</div>'],
    [
      "Gmail's boxes",
      html,
      '<div class="gmail_quote"><div class="gmail_attr">x</div><blockquote type="cite">y</blockquote></div>z',
    ],
    ["unclosed attributes", html, '<a href="'],
    ["unclosed comments", html, "<!-- <style "],
    ["unmatched ends", html, "</b></i></td>"],
    ["styles", html, '<p style="background:url(x);color:red /* ">'],
    ["a long text", plain, "A line of text with https://example.org/ in it.\n"],
    ["quoted lines", plain, "> a\n>> b\nc\n\n"],
    ["one long line", plain, "a@www.b.com/://("],
    ["older messages", plain, "From: a\nSent: b\n> x\n"],
    ["header blocks", plain, "From: a\nSent: b\nTo: c\nSubject: d\n\n-----Original Message-----\n"],
  ])("%s", (_name, make, piece) => {
    // Over two doublings, where quadratic work is sixteenfold and noise counts for less.
    const times = Math.ceil(120_000 / piece.length);
    const [once = 0, fourfold = 0] = best(make(piece.repeat(times)), make(piece.repeat(times * 4)));
    expect(fourfold).toBeLessThan(Math.max(once, 20) * 3.5 ** 2);
  });

  it("and a newsletter of a megabyte is read in a moment", () => {
    // The promise is half a second; the margin is for a busy machine.
    const [megabyte] = best(html(row.repeat(Math.ceil(1_000_000 / row.length))));
    expect(megabyte).toBeLessThan(1_500);
  });
});
