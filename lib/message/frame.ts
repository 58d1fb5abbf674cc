/**
 * The document a mail's HTML is shown in: a frame of its own, without scripts and without the network.
 * @see https://www.w3.org/TR/CSP3/
 */

import type { LinkNote } from "../domain/mail-link.ts";
import type { ReadableBody } from "../domain/readable-message.ts";
import { type FrameImages, withImages } from "./frame-images.ts";
import { frameStyle, ownStyle } from "./frame-style.ts";
import { quoteSummaryText } from "./html/finish-html.ts";
import { escapeHtml, unescapeHtml } from "./html/html-entities.ts";
import { contentIdOf, isDataImage } from "./html/sanitize-image.ts";
import { remoteAddress } from "./trackers/remote-pictures.ts";

/**
 * For the `sandbox` attribute of the `<iframe>`; never with `allow-scripts`. Links open in a page of their own that is
 * not sandboxed. The frame has the page's own origin, so that the page can read its height: safe only because nothing in
 * it runs. Scripts stay forbidden by the sandbox, by the policy and by the sanitizer.
 */
export const frameSandbox = "allow-popups allow-popups-to-escape-sandbox allow-same-origin";

/**
 * The Content-Security-Policy header of the route that serves the document: nothing loads but the message's own pictures
 * and this server's fonts.
 * @param imagesAt the addresses below which the message's pictures are, each with its origin and a slash at its end
 */
export const frameCsp = (imagesAt: readonly string[]): string =>
  [
    "default-src 'none'",
    `img-src ${imagesAt.join(" ")} data:`,
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    `sandbox ${frameSandbox}`,
  ].join("; ");

/** A body that `readMessage` sanitized, nothing else. */
export type FramedBody = Omit<Extract<ReadableBody, { kind: "html" }>, "kind" | "blocks" | "heightPx">;

export interface FrameOptions extends FrameImages {
  /** "original" shows the mail's own colours in either theme. */
  readonly colors: "adapted" | "original";
  /** The words on a folded quote, in the reader's language. */
  readonly quotedText: string;
  /** What is said of a link that misleads, in the reader's language. */
  readonly linkNote: (note: LinkNote) => string;
}

/** This server's own fonts: most systems have no Thai that goes with Inter, and some have none. */
const fonts = ["inter", "noto-sans-thai"]
  .map((font) => `<link rel="stylesheet" href="/fonts/${font}/index.css">`)
  .join("");

export function frameDocument(body: FramedBody, options: FrameOptions): string {
  const shown = withNotes(withImages(body.html, options), options).replaceAll(
    `<summary>${quoteSummaryText}</summary>`,
    `<summary>${escapeHtml(options.quotedText)}</summary>`,
  );
  const isOriginal = options.colors === "original";
  const classes = [isOriginal ? "original" : "", body.hasOwnColors ? "own-colors" : ""].filter(Boolean);
  // `<` stands in no text that the sanitizer lets through, so this is one of its elements.
  const isWhole = /<div class="mail-body[ "]/u.test(shown);
  const css = isOriginal ? body.css.replaceAll("(prefers-color-scheme:dark)", "not all") : body.css;
  const style = `${frameStyle}${behind(body.pictures, options)}${css}${ownStyle}`;
  return `<!doctype html>
<html class="${classes.join(" ")}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer"><title></title>${fonts}<style>${style.replaceAll("<", "")}</style></head>
<body><div class="mail">${isWhole ? shown : `<div class="mail-body">${shown}</div>`}</div></body></html>
`;
}

/** `finishHtml` writes such an element, and nothing of a mail looks like one. */
const notePattern = /<span class="link-note" data-note="([\w-]+)" data-site="([^"]*)"><\/span>/gu;

function withNotes(html: string, { linkNote }: FrameOptions): string {
  return html.replace(notePattern, (_element, flag: string, site: string) => {
    const said = linkNote({ flag: flag as LinkNote["flag"], site: unescapeHtml(site) });
    return `<span class="link-note"> ${escapeHtml(said)}</span>`;
  });
}

/** The pictures behind things that are shown, and that what stands on them has the light theme's colours. */
function behind(pictures: readonly string[], { inlineImages, remoteImages }: FrameImages): string {
  const shown = pictures.flatMap((address, number) => {
    const url = isDataImage(address)
      ? address
      : (inlineImages.get(contentIdOf(address) ?? "") ?? remoteImages.get(remoteAddress(address) ?? ""));
    const isAllowed = url !== undefined && /^(?:data:image\/|\/(?!\/))[^"\\\s<>]*$/u.test(url);
    return isAllowed ? [`--picture-${number}:url("${url}");--scheme-${number}:light`] : [];
  });
  return shown.length === 0 ? "" : `:root{${shown.join(";")}}\n`;
}
