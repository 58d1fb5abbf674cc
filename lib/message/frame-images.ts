/** The pictures of a sanitized mail as its frame shows them. */

import { escapeHtml, unescapeHtml } from "./html/html-entities.ts";

export interface FrameImages {
  /** `data:` or same-origin URLs of the pictures that came with the message, by content id. */
  readonly inlineImages: ReadonlyMap<string, string>;
  /** Same-origin URLs of the pictures from elsewhere that are shown, by the address that the mail names. */
  readonly remoteImages: ReadonlyMap<string, string>;
}

/**
 * The sanitizer writes `data-cid` or `data-remote` first in an `<img>`, `<img` stands in no text it lets through, and a quote or a
 * bracket in no attribute.
 */
const imagePattern = /<img data-(cid|remote)="([^"]*)"((?: [\w-]+(?:="[^"]*")?)*) ?\/?>/gu;

/** Puts an address of ours into each picture that is shown, and a box in the place of one that is not. */
export function withImages(html: string, { inlineImages, remoteImages }: FrameImages): string {
  return html.replace(imagePattern, (_tag, kind: string, escaped: string, rest: string) => {
    const url = (kind === "cid" ? inlineImages : remoteImages).get(unescapeHtml(escaped)) ?? "";
    const isOurs = /^\/(?!\/)/u.test(url) || (kind === "cid" && url.startsWith("data:image/"));
    if (isOurs) return `<img src="${escapeHtml(url)}"${rest}>`;
    return kind === "cid" ? `<img${rest}>` : box(rest);
  });
}

/** A neutral box of a picture's size, with its description. @param attributes as they were written, still escaped */
function box(attributes: string): string {
  const given = new Map(
    [...attributes.matchAll(/ ([\w-]+)="([^"]*)"/gu)].map(([, name = "", value = ""]) => [name, value]),
  );
  const sides = ["width", "height"].flatMap((side) => {
    const length = /^\s*(\d{1,4})(?:\.\d+)?(px|%)?\s*$/u.exec(given.get(side) ?? "");
    return length === null ? [] : [`${side}:${length[1]}${length[2] ?? "px"}`];
  });
  const alt = given.get("alt");
  const styles = [...sides, given.get("style")].filter(Boolean).join(";");
  const names = ["blocked-image", given.get("class")].filter(Boolean).join(" ");
  const described = alt ? ` role="img" aria-label="${alt}" title="${alt}"` : "";
  return `<span class="${names}"${described}${styles && ` style="${styles}"`}></span>`;
}
