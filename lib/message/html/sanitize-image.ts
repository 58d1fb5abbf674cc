/** Pictures in a mail: those it carries are shown, those from elsewhere are counted and leave an empty box. */

import { normalizeContentId } from "../mime/part.ts";
import { cleanClasses, cleanId } from "./css-names.ts";
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

export const isDataImage = (address: string): boolean => dataImage.test(address);

const dataImage = /^data:image\/(?:png|jpe?g|gif|webp|avif|bmp);base64,[\w+/=\s]+$/iu;

/**
 * What stands in the place of an image, noted in `found`: `<img data-cid>` for a part of the message, the image itself
 * for a `data:` URL, a box of its size for a remote one, nothing for a tracker.
 */
export function cleanImage(attributes: Attributes, style: string, found: FoundImages): CleanElement {
  const alt = (attributes.alt ?? "").slice(0, 500);
  const size = plainAttributes({ width: attributes.width ?? "", height: attributes.height ?? "" });
  const source = (attributes.src ?? "").trim();
  const [names, identity] = [cleanClasses(attributes.class), cleanId(attributes.id)];
  const kept = {
    alt,
    ...(names && { class: names }),
    ...(identity && { id: identity }),
    ...plainAttributes(attributes),
    ...(style && { style }),
  };
  const contentId = contentIdOf(source);
  if (contentId !== null) {
    found.contentIds.add(contentId);
    return { tagName: "img", attribs: { "data-cid": contentId, ...kept } };
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

/** The part of the message that an address names; null when it names none. */
export function contentIdOf(address: string): string | null {
  const id = /^cid:(.+)$/isu.exec(address.trim())?.[1];
  return id === undefined ? null : normalizeContentId(id);
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
