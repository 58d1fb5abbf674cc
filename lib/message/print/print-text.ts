/** Plain text as markup for paper: quotes open, the address of each link behind its words. */

import type { Run, TextBlock } from "../../domain/readable-message.ts";
import { escapeHtml } from "../html/html-entities.ts";
import { addressBehind } from "./print-html.ts";

export const textForPaper = (blocks: readonly TextBlock[]): string => blocks.map(block).join("\n");

function block(one: TextBlock): string {
  switch (one.kind) {
    case "text":
      return `<p>${runs(one.runs)}</p>`;
    case "signature":
      return `<p class="signature">${runs(one.runs)}</p>`;
    case "quote": {
      const said = one.attribution.length > 0 ? `<p class="signature">${runs(one.attribution)}</p>` : "";
      return `${said}<blockquote>${textForPaper(one.blocks)}</blockquote>`;
    }
    default:
      return one satisfies never;
  }
}

const runs = (all: readonly Run[]): string =>
  all.map(({ text, href }) => escapeHtml(text) + (href ? addressBehind(text, href) : "")).join("");
