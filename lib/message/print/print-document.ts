/**
 * Messages as one document for paper. A mail's HTML is not printed in its frame, which paper would cut at the end of a page:
 * it stands in the document itself, in a shadow tree. There its styles reach nothing of what says whom it is from, and
 * nothing of the next message; the document has the frame's policy and no script.
 * @see https://developer.mozilla.org/docs/Web/API/Web_components/Using_shadow_DOM#declaratively_with_html
 */

import type { TextBlock } from "../../domain/readable-message.ts";
import { escapeHtml } from "../html/html-entities.ts";
import { htmlForPaper } from "./print-html.ts";
import { textForPaper } from "./print-text.ts";

export interface PrintedMessage {
  /** What stands above it: from, to, date and so on, with their names. */
  readonly fields: readonly (readonly [name: string, text: string])[];
  /** What is missing or could not be shown. */
  readonly notes: readonly string[];
  readonly body:
    | { readonly kind: "text"; readonly blocks: readonly TextBlock[] }
    /** As `frameDocument` gives it. */
    | { readonly kind: "html"; readonly document: string }
    | { readonly kind: "none" };
  /** Messages within it. */
  readonly enclosed: readonly PrintedMessage[];
}

export interface Print {
  readonly title: string;
  /** "en" */
  readonly language: string;
  /** Said on a screen alone: how it comes onto paper. */
  readonly hint: string;
  readonly messages: readonly PrintedMessage[];
}

export function printDocument({ title, language, hint, messages }: Print): string {
  return `<!doctype html>
<html lang="${escapeHtml(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer"><title>${escapeHtml(title)}</title>${fonts}<style>${paperStyle}</style></head>
<body><p class="hint">${escapeHtml(hint)}</p><h1>${escapeHtml(title)}</h1>
${messages.map(printed).join("\n")}
</body></html>
`;
}

function printed({ fields, notes, body, enclosed }: PrintedMessage): string {
  const rows = fields.map(([name, text]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(text)}</dd>`);
  const said = notes.map((note) => `<p class="note">${escapeHtml(note)}</p>`);
  const parts = [`<dl>${rows.join("")}</dl>`, ...said, bodyOf(body), ...enclosed.map(printed)];
  return `<article>${parts.join("")}</article>`;
}

function bodyOf(body: PrintedMessage["body"]): string {
  switch (body.kind) {
    case "text":
      return `<div class="text">${textForPaper(body.blocks)}</div>`;
    case "html":
      return shadow(body.document);
    case "none":
      return "";
    default:
      return body satisfies never;
  }
}

/** The frame's own words around a mail. No `<` is in its style, and no `<body>` or `</body>` in a mail. */
const framePattern = /<html class="([^"]*)">[\s\S]*?<style>([^<]*)<\/style>[\s\S]*?<body>([\s\S]*)<\/body>/u;

/** A frame's document as a shadow tree. Nothing is the root there: what the frame says of its own holds for the host. */
function shadow(document: string): string {
  const [, classes = "", style = "", html = ""] = framePattern.exec(document) ?? [];
  const hosted = style.replace(/:root((?:\.[\w-]+)?)/gu, (_root, ofClass: string) =>
    ofClass === "" ? ":host" : `:host(${ofClass})`,
  );
  return `<div class="mail-on-paper"><div class="${classes}"><template shadowrootmode="closed"><style>${hosted}${mailStyle}</style>${htmlForPaper(html)}</template></div></div>`;
}

/** This server's own fonts, as in the frame. */
const fonts = ["inter", "noto-sans-thai"]
  .map((font) => `<link rel="stylesheet" href="/fonts/${font}/index.css">`)
  .join("");

/** Nothing of a mail is above its place, whatever it does. To the side it may go: paper is then scaled to it. */
const paperStyle = `
:root{color-scheme:light;background:#fff;color:#1c1a17;
font:14px/22px "Inter Variable",Inter,"Noto Sans Thai Variable",system-ui,-apple-system,"Segoe UI",sans-serif}
body{max-width:780px;margin:0 auto;padding:24px 16px}
h1{margin:0 0 12px;font-size:22px;line-height:30px;overflow-wrap:anywhere}
article{padding-top:12px;border-top:1px solid #b5afa3}
article+article{margin-top:28px}
dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:2px 16px;margin:0 0 16px;font-size:13px;line-height:20px;
break-inside:avoid;break-after:avoid}
dt{color:#57524a}dd{margin:0;overflow-wrap:anywhere}
p{margin:0 0 14px}
.text{white-space:pre-wrap;overflow-wrap:anywhere}
.text p,.text blockquote{white-space:pre-wrap;orphans:3;widows:3}
.text blockquote{margin:0 0 14px;padding-left:12px;border-left:2px solid #d5d0c5;color:#57524a}
.signature,.note,.print-address{color:#57524a}
.note{font-size:13px;line-height:20px}
.print-address{font-size:.85em;overflow-wrap:anywhere}
.mail-on-paper{position:relative;overflow-y:clip}
.mail-on-paper>div{display:flow-root;color-scheme:light}
article article{margin:16px 0 0;padding:12px 0 0 12px;border:0;border-left:2px solid #d5d0c5}
.hint{padding:8px 12px;border:1px solid #e6e2da;border-radius:6px;background:#f8f1e2;font-size:13px;line-height:20px}
@page{margin:16mm 15mm}
@media print{.hint{display:none}body{max-width:none;padding:0}}
`;

/** Of a mail on paper; nothing in it can be opened. */
const mailStyle = `
.quoted>summary{display:none!important}
.print-address{display:inline!important;font-size:.85em;color:#57524a;overflow-wrap:anywhere;word-break:break-word}
.blocked-image{width:auto!important;height:auto!important;min-height:0;background:none}
img{break-inside:avoid}
table{max-width:100%!important}
table,tr,td,th{height:auto!important}
`;
