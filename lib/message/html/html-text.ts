/** HTML as plain text: what is read where HTML is not shown. */

import { unescapeHtml } from "./html-entities.ts";

const unread = /<!--.*?(?:-->|$)|<(style|script|title)\b.*?(?:<\/\1|$)/gisu;
const breaks = /<br\b[^<>]*>|<\/(?:p|div|tr|li|h[1-6]|blockquote|table|ul|ol|dl|pre|center)>/giu;

/** The text with its line breaks. Exact for sanitized markup; for any other a fair guess, still only text. */
export function htmlToText(html: string): string {
  const text = html
    .replace(unread, "")
    .replace(/\s+/gu, " ")
    .replace(breaks, "\n")
    .replace(/<\/t[dh]>/giu, " ")
    .replace(/<[^<>]*>/gu, "");
  return unescapeHtml(text)
    .replace(/\u00a0/gu, " ")
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .replace(/\n{3,}/gu, "\n\n")
    .trim();
}
