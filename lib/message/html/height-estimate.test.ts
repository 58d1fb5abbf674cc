import { describe, expect, it } from "vitest";
import { answer } from "../fixtures/answer.ts";
import { finishHtml } from "./finish-html.ts";
import { sanitize } from "./sanitize.ts";

const heightOf = (html: string) => finishHtml(sanitize(html).html, answer).heightPx;

describe("the height that is kept free for a mail", () => {
  it("is that of its lines and paragraphs", () => {
    expect(heightOf("<p>Hi</p>")).toBe(35);
    expect(heightOf("one<br>two<br>three")).toBe(75);
    expect(heightOf(`<p>${"word ".repeat(170)}</p>`)).toBe(260);
  });

  it("is that of a picture where it stands higher than the words beside it, and of none that nobody sees", () => {
    expect(heightOf('<tr><td><img src="cid:a" height="200"></td><td>Words</td></tr>')).toBe(200);
    expect(heightOf('<img src="https://a.example/t.gif" width="1" height="1">Hi')).toBe(25);
  });
});
