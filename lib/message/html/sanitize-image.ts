/** Pictures in a mail: those it carries, those from elsewhere, and those that are none. */

import { normalizeContentId } from "../mime/part.ts";
import type { RemotePictures } from "../trackers/remote-pictures.ts";
import { cleanClasses, cleanId } from "./css-names.ts";
import { type Attributes, plainAttributes } from "./plain-attributes.ts";

export interface CleanElement {
  readonly tagName: string;
  readonly attribs: Attributes;
}

export interface FoundImages {
  readonly remote: RemotePictures;
  readonly contentIds: Set<string>;
}

export const isDataImage = (address: string): boolean => dataImage.test(address);

const dataImage = /^data:image\/(?:png|jpe?g|gif|webp|avif|bmp);base64,[\w+/=\s]+$/iu;

/**
 * What stands in the place of an image, noted in `found`: `<img data-cid>` for a part of the message, the image itself
 * for a `data:` URL, `<img data-remote>` for one from elsewhere (which the frame shows, or leaves a box for), nothing for a
 * tracker.
 */
export function cleanImage(attributes: Attributes, style: string, found: FoundImages): CleanElement {
  const alt = (attributes.alt ?? "").slice(0, 500);
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
  const { width, height } = attributes;
  const url = source === "" ? firstOf(attributes.srcset) : source;
  const picture = found.remote.note({ url, width, height, style });
  if (picture === null || picture.tracker !== null) return { tagName: "span", attribs: {} };
  return { tagName: "img", attribs: { "data-remote": picture.address, ...kept } };
}

/** The first address of a `srcset`. */
const firstOf = (srcset: string | undefined): string => /^[\s,]*(\S+)/u.exec(srcset ?? "")?.[1] ?? "";

/** The part of the message that an address names; null when it names none. */
export function contentIdOf(address: string): string | null {
  const id = /^cid:(.+)$/isu.exec(address.trim())?.[1];
  return id === undefined ? null : normalizeContentId(id);
}
