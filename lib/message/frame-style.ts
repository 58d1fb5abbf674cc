/** The frame's own style sheets: one that a mail's yields to nothing of, and one that yields to nothing of a mail's. */

import { darkPaper } from "./html/dark-colors.ts";

/** How a mail without styles looks. In a layer, which every rule of a mail's own sheet outweighs. */
export const frameStyle = `
:root{color-scheme:light dark;--paper:light-dark(#faf9f6,${darkPaper});--ink:light-dark(#1c1a17,#ece8df);
--quiet:light-dark(#766f64,#8f887b);--line:light-dark(#d5d0c5,#3d3a33);--sunken:light-dark(#f3f1ec,#22201c);
--link:light-dark(#8a5f17,#dcae5c)}
:root.own-colors{--paper:light-dark(#fff,${darkPaper});--link:light-dark(#1a56b0,#8ab4f8)}
:root.original{color-scheme:light}
@layer{
html{background:var(--paper);overflow-x:auto}
body{margin:0;padding:1px 0}
.mail{color:var(--ink);overflow-wrap:break-word;
font:15px/25px "Inter Variable",Inter,"Noto Sans Thai Variable",system-ui,-apple-system,"Segoe UI",sans-serif}
a{color:var(--link)}
img:not(td img,th img),img:not([width],[height],[style*=width],[style*=height]){max-width:100%;height:auto}
table{max-width:none}td,th{overflow-wrap:normal}
pre,.plain-text{white-space:pre-wrap}
.unbroken,.unbroken *{word-break:break-all}
span.unbroken{white-space:pre-wrap}
blockquote{margin:8px 0;padding-left:12px;border-left:2px solid var(--line)}
hr{border:0;border-top:1px solid var(--line)}
.m-MsoNormal,.m-MsoNoSpacing,.m-MsoPlainText{margin:0}
}
`;

/** What is ours among a mail's words. No selector of a mail matches it; what it would inherit is not inherited. */
export const ownStyle = `
.quoted>summary{all:initial;color-scheme:inherit;display:inline-block;cursor:pointer;margin:0 0 8px;padding:0 8px;
border:1px solid light-dark(#e6e2da,#2c2a25);border-radius:6px;color:light-dark(#6f685d,#978f82);background:var(--paper);
font:12px/20px "Inter Variable",Inter,"Noto Sans Thai Variable",system-ui,sans-serif;list-style:none}
.quoted>summary:hover{background:light-dark(#f5f3ee,#22201c)}
.quoted>summary::-webkit-details-marker{display:none}
.quoted>summary:focus-visible{outline:2px solid var(--link);outline-offset:1px}
:where(.blocked-image){display:inline-block}
.blocked-image{box-sizing:border-box;max-width:100%;min-width:16px;min-height:16px;overflow:hidden;
vertical-align:middle;border:1px dashed var(--line);border-radius:4px;background:var(--sunken)}
.link-note{all:initial;color-scheme:inherit;display:inline-block!important;margin:0 4px;padding:0 6px;border:1px solid currentColor;border-radius:4px;
color:light-dark(#9a3412,#fdba74);background:light-dark(#fff7ed,#2b1a0d);font:12px/18px system-ui,sans-serif}
a[title]:is(:focus-visible,:active)::after{content:attr(title);position:absolute;z-index:1;left:8px;right:8px;margin-top:1.7em;
max-width:max-content;padding:2px 8px;border:1px solid var(--line);border-radius:4px;color:var(--ink);background:var(--paper);
font:12px/18px system-ui,sans-serif;word-break:break-all;white-space:normal}
.blocked-image::before{content:attr(title);padding:0 6px;color:var(--quiet);font:12px/18px system-ui,sans-serif}
`;
