/**
 * The document a mail's HTML is shown in: a frame of its own, without scripts and without the network.
 * @see https://www.w3.org/TR/CSP3/
 */

import { quoteSummaryText } from "./html/finish-html.ts";
import { escapeHtml, unescapeHtml } from "./html/html-entities.ts";

/**
 * For the `sandbox` attribute of the `<iframe>`; never with `allow-scripts`. Links open in a page of their own that is
 * not sandboxed. The frame has the page's own origin, so that the page can read its height: safe only because nothing in
 * it runs. Scripts stay forbidden by the sandbox, by the policy and by the sanitizer.
 */
export const frameSandbox = "allow-popups allow-popups-to-escape-sandbox allow-same-origin";

/**
 * The Content-Security-Policy header of the route that serves the document: nothing loads but the message's own pictures
 * and this server's fonts.
 * @param imagesAt the address below which the message's own attachments are, with its origin and a slash at its end
 */
export const frameCsp = (imagesAt: string): string =>
  [
    "default-src 'none'",
    `img-src ${imagesAt} data:`,
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    `sandbox ${frameSandbox}`,
  ].join("; ");

export interface FrameOptions {
  /** `data:` or same-origin URLs of the inline images, by content id. */
  readonly inlineImages: ReadonlyMap<string, string>;
  /** The theme of the page around; "system" leaves it to the browser. */
  readonly colorScheme: "light" | "dark" | "system";
  /** Whether the message brings its own colours. */
  readonly hasOwnColors: boolean;
  /** The words on a folded quote, in the reader's language. */
  readonly quotedText: string;
}

/** This server's own fonts: most systems have no Thai that goes with Inter, and some have none. */
const fonts = ["inter", "noto-sans-thai"]
  .map((font) => `<link rel="stylesheet" href="/fonts/${font}/index.css">`)
  .join("");

/** @param html the `html` of a body that `readMessage` sanitized, nothing else. */
export function frameDocument(html: string, options: FrameOptions): string {
  const body = withImages(html, options.inlineImages).replaceAll(
    `<summary>${quoteSummaryText}</summary>`,
    `<summary>${escapeHtml(options.quotedText)}</summary>`,
  );
  const scheme = options.hasOwnColors ? "light" : options.colorScheme;
  const ground = options.hasOwnColors ? " own-colors" : "";
  return `<!doctype html>
<html class="${scheme}${ground}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer"><title></title>${fonts}<style>${style}</style></head>
<body>${body}</body></html>
`;
}

/** The sanitizer writes `data-cid` first in an `<img>`, and `<img` stands in no text it lets through. */
function withImages(html: string, images: ReadonlyMap<string, string>): string {
  return html.replace(/<img data-cid="([^"]*)"/gu, (_tag, escaped: string) => {
    const url = images.get(unescapeHtml(escaped)) ?? "";
    const isAllowed = /^(?:data:image\/|\/(?!\/))/u.test(url);
    return isAllowed ? `<img src="${escapeHtml(url)}"` : "<img";
  });
}

const dark =
  "color-scheme:dark;--paper:#151412;--ink:#ece8df;--quiet:#8f887b;--line:#3d3a33;--sunken:#22201c;--link:#dcae5c";

const style = `
:root{color-scheme:light;--paper:#faf9f6;--ink:#1c1a17;--quiet:#766f64;--line:#d5d0c5;--sunken:#f3f1ec;--link:#8a5f17}
:root.own-colors{--paper:#fff}
:root.dark{${dark}}
@media (prefers-color-scheme:dark){:root.system{${dark}}}
html{background:var(--paper);overflow-x:auto}
body{margin:0;padding:1px 0;color:var(--ink);overflow-wrap:break-word;
font:15px/25px "Inter Variable",Inter,"Noto Sans Thai Variable",system-ui,-apple-system,"Segoe UI",sans-serif}
a{color:var(--link)}.own-colors a{color:#1a56b0}
img{max-width:100%;height:auto}
table{max-width:none}td,th{overflow-wrap:normal}
pre,.plain-text{white-space:pre-wrap}
.unbroken,.unbroken *{word-break:break-all}
span.unbroken{white-space:pre-wrap}
blockquote{margin:8px 0;padding-left:12px;border-left:2px solid var(--line)}
hr{border:0;border-top:1px solid var(--line)}
.quoted>summary{display:inline-block;cursor:pointer;margin:8px 0;padding:0 8px;border:1px solid var(--line);border-radius:6px;
color:var(--quiet);font:12px/20px system-ui,sans-serif;list-style:none}
.quoted>summary::-webkit-details-marker{display:none}
.quoted>summary:focus-visible{outline:2px solid var(--link);outline-offset:1px}
.blocked-image{display:inline-block;box-sizing:border-box;max-width:100%;min-width:16px;min-height:16px;overflow:hidden;
vertical-align:middle;border:1px dashed var(--line);border-radius:4px;background:var(--sunken)}
.blocked-image::before{content:attr(title);padding:0 6px;color:var(--quiet);font:12px/18px system-ui,sans-serif}
`;
