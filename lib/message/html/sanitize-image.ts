/** Pictures in a mail: those it carries are shown, those from elsewhere are counted and leave an empty box. */

import { normalizeContentId } from "../mime/part.ts";
import { type Attributes, plainAttributes } from "./plain-attributes.ts";
import { isTracker } from "./remote-image.ts";

export interface CleanElement {
  readonly tagName: string;
  readonly attribs: Attributes;
}

export interface FoundImages {
  images: number;
  trackers: number;
  readonly contentIds: Set<string>;
}

const dataImage = /^data:image\/(?:png|jpe?g|gif|webp|avif|bmp);base64,[\w+/=\s]+$/iu;

/**
 * What stands in the place of an image, noted in `found`: `<img data-cid>` for a part of the message, the image itself
 * for a `data:` URL, a box of its size for a remote one, nothing for a tracker.
 */
export function cleanImage(attributes: Attributes, style: string, found: FoundImages): CleanElement {
  const alt = (attributes.alt ?? "").slice(0, 500);
  const size = plainAttributes({ width: attributes.width ?? "", height: attributes.height ?? "" });
  const source = (attributes.src ?? "").trim();
  const kept = { alt, ...plainAttributes(attributes), ...(style && { style }) };
  const contentId = /^cid:(.+)$/iu.exec(source)?.[1];
  if (contentId !== undefined) {
    const id = normalizeContentId(contentId);
    found.contentIds.add(id);
    return { tagName: "img", attribs: { "data-cid": id, ...kept } };
  }
  if (dataImage.test(source)) return { tagName: "img", attribs: { src: source, ...kept } };
  if (source === "" && !attributes.srcset) return { tagName: "span", attribs: {} };
  found.images += 1;
  if (isTracker({ url: source, width: attributes.width, height: attributes.height, style })) {
    found.trackers += 1;
    return { tagName: "span", attribs: {} };
  }
  return { tagName: "span", attribs: placeholder(alt, size, style) };
}

/** A neutral box of the image's size, with its description. */
function placeholder(alt: string, size: Attributes, style: string): Attributes {
  const sides = ["width", "height"].flatMap((side) => {
    const length = /^\s*(\d{1,4})(?:\.\d+)?(px|%)?\s*$/u.exec(size[side] ?? "");
    return length === null ? [] : [`${side}:${length[1]}${length[2] ?? "px"}`];
  });
  const styles = [...sides, style].filter(Boolean).join(";");
  return {
    class: "blocked-image",
    ...(alt === "" ? {} : { role: "img", "aria-label": alt, title: alt }),
    ...(styles !== "" && { style: styles }),
  };
}
