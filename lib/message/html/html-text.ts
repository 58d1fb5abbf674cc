/** HTML as plain text: what is read where HTML is not shown. */

import { Tokenizer } from "htmlparser2";
import { printable } from "../mime/visible-text.ts";

/** What no browser shows; the tokenizer gives it as one text, up to its end tag. */
const unread = new Set(["style", "script", "title", "iframe", "noembed", "noframes"]);
const breakAfter = new Set("p div tr li h1 h2 h3 h4 h5 h6 blockquote table ul ol dl pre center".split(" "));

/** Puts a text together from what is met on the way through markup, with its line breaks. */
export class TextBuilder {
  #text = "";

  /** Characters so far, a few more than the finished text has. */
  get length(): number {
    return this.#text.length;
  }

  /** @param text as a reader sees it, without entities */
  add(text: string): void {
    this.#text += text.replace(/\s+/gu, " ");
  }

  open(name: string): void {
    if (name === "br") this.#text += "\n";
  }

  close(name: string): void {
    if (breakAfter.has(name)) this.#text += "\n";
    else if (name === "td" || name === "th") this.#text += " ";
  }

  toString(): string {
    // An entity may stand for a character that no text is to hold.
    return printable(this.#text)
      .split("\n")
      .map((line) => line.trim())
      .join("\n")
      .replace(/\n{3,}/gu, "\n\n")
      .trim();
  }
}

/**
 * The text of any HTML, sanitized or not, in time that grows with its length alone: it is cut into tags and text, whatever
 * their nesting.
 */
export function htmlToText(html: string): string {
  const text = new TextBuilder();
  let skipped: string | null = null;
  const nothing = () => {};
  const add = (piece: string) => {
    if (skipped === null) text.add(piece);
  };
  const nameAt = (start: number, end: number) => html.slice(start, end).toLowerCase();
  const tokenizer = new Tokenizer(
    {},
    {
      ontext: (start, end) => add(html.slice(start, end)),
      ontextentity: (codePoint) => add(String.fromCodePoint(codePoint)),
      onopentagname(start, end) {
        const name = nameAt(start, end);
        if (unread.has(name)) skipped ??= name;
        else text.open(name);
      },
      onclosetag(start, end) {
        const name = nameAt(start, end);
        if (name === skipped) skipped = null;
        else text.close(name);
      },
      onopentagend: nothing,
      onselfclosingtag: nothing,
      onattribname: nothing,
      onattribdata: nothing,
      onattribentity: nothing,
      onattribend: nothing,
      oncomment: nothing,
      oncdata: nothing,
      ondeclaration: nothing,
      onprocessinginstruction: nothing,
      onend: nothing,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return text.toString();
}
