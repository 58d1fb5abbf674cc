/**
 * Markup for paper: nothing can be unfolded or followed there. It works on what `finishHtml` wrote: every attribute is quoted,
 * and `<` begins a tag wherever it stands.
 */

import { escapeHtml, unescapeHtml } from "../html/html-entities.ts";

const link = /<a((?:\s+[\w-]+(?:="[^"]*")?)*)\s*>|<\/a>/gu;
const fold = /<details class="quoted">/gu;

/** With every fold open, and the address of each link behind its words. */
export function htmlForPaper(html: string): string {
  let written = "";
  let from = 0;
  let open: { readonly href: string; readonly at: number } | null = null;
  for (const { 0: tag, 1: attributes, index } of html.matchAll(link)) {
    const end = index + tag.length;
    if (attributes !== undefined) {
      const href = /\shref="([^"]*)"/u.exec(attributes)?.[1];
      open = href === undefined ? null : { href: unescapeHtml(href), at: end };
    } else if (open !== null) {
      const words = unescapeHtml(html.slice(open.at, index).replace(/<[^>]*>/gu, " "));
      written += html.slice(from, end) + addressBehind(words, open.href);
      from = end;
      open = null;
    }
  }
  return (written + html.slice(from)).replace(fold, '<details open="" class="quoted">');
}

/** A longer one is of no use to anybody who reads it off paper. */
const longestShown = 200;

/** " (https://example.org/pond)"; nothing where the words say it, or where there are none, as around a picture. */
export function addressBehind(words: string, href: string): string {
  const address = href.replace(/^mailto:/iu, "");
  const said = words.replace(/\s+/gu, "").toLowerCase();
  const bare = address.replace(/^https?:\/\/|\/$/giu, "").toLowerCase();
  if (said === "" || bare === "" || said.includes(bare)) return "";
  const shown = address.length > longestShown ? `${address.slice(0, longestShown).toWellFormed()}…` : address;
  return `<span class="print-address"> (${escapeHtml(shown)})</span>`;
}
