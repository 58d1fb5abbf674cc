/**
 * The HTML of a mail, reduced to what can neither run nor load. An allow-list throughout: elements, attributes, styles and
 * addresses that are not named here do not come out. `<style>` blocks are taken out, cleaned and given beside the markup.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Cross_Site_Scripting_Prevention_Cheat_Sheet.html
 */

import sanitizeHtml from "sanitize-html";
import type { RemoteContent } from "../../domain/remote-content.ts";
import { RemotePictures } from "../trackers/remote-pictures.ts";
import { ColorHints } from "./color-hints.ts";
import { cleanClasses, cleanId } from "./css-names.ts";
import type { StyleContext } from "./css-value.ts";
import {
  type Attributes,
  ariaAttributeList,
  ariaAttributes,
  linkAttributes,
  plainAttributeList,
  plainAttributes,
} from "./plain-attributes.ts";
import { markerAttribute, quoteMarker } from "./quote-markers.ts";
import {
  type CleanElement,
  cleanImage,
  contentIdOf,
  type FoundImages,
  isDataImage,
} from "./sanitize-image.ts";
import { cleanStyle } from "./sanitize-style.ts";
import { cleanStyleSheets, hasDarkDesign, styleSheetsIn } from "./style-sheet.ts";

export interface SanitizedHtml {
  /** Well-formed; quotes still carry their marker, for `finishHtml`. */
  readonly html: string;
  /** Rules for the markup's own classes, ids and elements, and for nothing else; for a `<style>` in the frame's head. */
  readonly css: string;
  /** Whether it brings colours. */
  readonly hasOwnColors: boolean;
  readonly remoteContent: RemoteContent;
  /** Content ids of the parts it shows: `<img data-cid="…">`. */
  readonly contentIds: ReadonlySet<string>;
}

/** Elements nested deeper are left out, their text stays. */
const nestingShown = 250;
/** Beyond this the parser's own work grows with the square of the depth, so it is stopped. */
const nestingRead = 1_000;

/** Thrown when the markup nests too deep to be read at all. */
export class TooDeepError extends Error {
  override readonly name = "TooDeepError";
}

const tags =
  `a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd
  del details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark
  nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead time
  tr tt u ul var wbr`.split(/\s+/u);

/** Elements whose text is not for reading, or belongs to another language. */
const swallowed = `script style title template textarea option select xmp noframes noembed iframe svg math
  applet canvas frameset datalist plaintext`.split(/\s+/u);

/**
 * Sanitizes a mail's HTML. Remote images are named and not loaded: what becomes of them is for the frame to say. Every
 * colour comes with one for the dark beside it, unless the mail has a design of its own for that.
 * @param pictures takes the addresses of pictures behind things: the first is `var(--picture-0)`, and so on
 * @throws {TooDeepError} when elements nest more than 1,000 deep.
 */
export function sanitize(source: string, pictures: string[] = []): SanitizedHtml {
  const sheets = styleSheetsIn(source);
  const context: StyleContext = { adapts: !hasDarkDesign(sheets), pictures, hasColors: false };
  const known = pictures.length;
  const found: Found = {
    remote: new RemotePictures(),
    contentIds: new Set(),
    styles: new Map(),
    hints: new ColorHints(context),
    context,
  };
  let depth = 0;
  const html = sanitizeHtml(source, {
    allowedTags: tags,
    nonTextTags: swallowed,
    disallowedTagsMode: "discard",
    allowedAttributes: {
      "*": [...plainAttributeList, ...ariaAttributeList, "style", "title", "class", "id", markerAttribute],
      a: ["href", "rel", "target"],
      img: ["data-cid", "data-remote", "src", "alt"],
    },
    allowedSchemes: ["http", "https", "mailto"],
    allowedSchemesByTag: { img: ["data"] },
    allowProtocolRelative: false,
    parseStyleAttributes: false,
    nestingLimit: nestingShown,
    transformTags: { "*": (tag, attributes) => clean(tag, attributes, found) },
    onOpenTag: () => {
      depth += 1;
      if (depth > nestingRead) throw new TooDeepError("the markup nests too deep");
    },
    onCloseTag: () => {
      depth -= 1;
    },
  });
  const css = found.hints.rules() + cleanStyleSheets(sheets, context);
  for (const picture of pictures.slice(known)) notePicture(picture, found);
  const { remote, contentIds } = found;
  return {
    html,
    css,
    hasOwnColors: context.hasColors,
    remoteContent: { pictures: remote.all() },
    contentIds,
  };
}

interface Found extends FoundImages {
  /** Newsletters repeat the same few styles thousands of times. */
  readonly styles: Map<string, string>;
  readonly hints: ColorHints;
  readonly context: StyleContext;
}

/** What stands for the outermost elements of a mail, which are not the frame's. */
const outermost: Readonly<Record<string, string>> = { html: "mail-html", body: "mail-body" };

/** One element: what it may keep, under a name it may have. */
function clean(tag: string, attributes: Attributes, found: Found): CleanElement {
  const style = cleanedOnce(attributes.style ?? "", found);
  if (tag === "img" || tag === "image") return cleanImage(attributes, style, found);
  if (tag === "input" && attributes.type?.toLowerCase() === "image")
    return cleanImage(attributes, style, found);
  const plain = plainAttributes(attributes);
  const hints = found.hints.take(attributes, plain);
  const kept: Attributes = {};
  const classes = [outermost[tag] ?? "", cleanClasses(attributes.class), ...hints].filter(Boolean).join(" ");
  if (classes !== "") kept.class = classes;
  const id = cleanId(attributes.id) || (tag === "a" ? cleanId(attributes.name) : "");
  if (id !== "") kept.id = id;
  Object.assign(kept, plain, ariaAttributes(attributes));
  if (style !== "") kept.style = style;
  const marker = quoteMarker(tag, attributes);
  if (marker !== null) kept[markerAttribute] = marker;
  if (tag === "a" || tag === "area")
    return { tagName: "a", attribs: { ...kept, ...linkAttributes(attributes.href) } };
  if (tag in outermost) return { tagName: "div", attribs: kept };
  // Ours alone are `<details>`: a mail's would be taken for a folded quote.
  if (tag === "details" || tag === "summary") return { tagName: "div", attribs: kept };
  return { tagName: tag, attribs: kept };
}

function cleanedOnce(source: string, { styles, context }: Found): string {
  if (source === "") return "";
  const clean = styles.get(source) ?? cleanStyle(source, context);
  styles.set(source, clean);
  return clean;
}

/** A picture behind something: one that came with the mail, or a remote one. */
function notePicture(address: string, found: Found): void {
  const contentId = contentIdOf(address);
  if (contentId !== null) found.contentIds.add(contentId);
  else if (!isDataImage(address)) {
    found.remote.note({ url: address, width: undefined, height: undefined, style: "" });
  }
}
