import { type Part, walk } from "./part.ts";

const named: Record<string, string> = { nbsp: " ", amp: "&", lt: "<", gt: ">", quot: '"', copy: "©" };

/** The reading text of markup: tags, styles and scripts out, entities decoded. */
export function textOfHtml(markup: string): string {
  return markup
    .replace(/<(style|script|title)[\s\S]*?<\/\1>/gi, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
    .replace(/&([a-z]+);/gi, (entity, name: string) => named[name.toLowerCase()] ?? entity);
}

/** All text a person would read in a message; plain text where there is one. */
export function readingText(root: Part): string {
  let markup = "";
  for (const { part } of walk(root)) {
    if (part.body === null || part.filename !== "") continue;
    if (part.mimeType === "text/plain") return part.body.toString("utf8");
    if (part.mimeType === "text/html" && markup === "") markup = part.body.toString("utf8");
  }
  return textOfHtml(markup);
}

/** Gmail's snippet: the beginning of the text on one line, HTML-escaped. */
export function snippetOf(text: string): string {
  const line = text.slice(0, 1_000).replace(/\s+/g, " ").trim().slice(0, 400);
  // 200 characters, none of them half: one may take two units.
  return escaped([...line].slice(0, 200).join(""));
}

function escaped(line: string): string {
  return line
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}
