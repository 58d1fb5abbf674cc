/**
 * The HTML of a mail, reduced to what can neither run nor load. An allow-list throughout: elements, attributes, styles and
 * addresses that are not named here do not come out. `<style>` blocks are dropped with their content: rewriting
 * selectors safely is a project of its own, and newsletters repeat inline what matters.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Cross_Site_Scripting_Prevention_Cheat_Sheet.html
 */

import sanitizeHtml from "sanitize-html";
import type { RemoteContent } from "../../domain/readable-message.ts";
import { type Attributes, linkAttributes, plainAttributeList, plainAttributes } from "./plain-attributes.ts";
import { markerAttribute, quoteMarker } from "./quote-markers.ts";
import { type CleanElement, cleanImage, type FoundImages } from "./sanitize-image.ts";
import { type CleanStyle, cleanStyle } from "./sanitize-style.ts";

export interface SanitizedHtml {
  /** Well-formed; quotes still carry their marker, for `finishHtml`. */
  readonly html: string;
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
const swallowed =
  `script style title template textarea option select xmp noframes noembed iframe svg math object
  applet audio video canvas frameset datalist plaintext`.split(/\s+/u);

/**
 * Sanitizes a mail's HTML. Remote images are taken out and counted; a placeholder of the same size keeps the layout.
 * @throws {TooDeepError} when elements nest more than 1,000 deep.
 */
export function sanitize(source: string): SanitizedHtml {
  const found: Found = { images: 0, trackers: 0, contentIds: new Set(), styles: new Map() };
  let depth = 0;
  const html = sanitizeHtml(source, {
    allowedTags: tags,
    nonTextTags: swallowed,
    disallowedTagsMode: "discard",
    allowedAttributes: {
      "*": [...plainAttributeList, "style", "title", "class", markerAttribute],
      a: ["href", "rel", "target"],
      img: ["data-cid", "src", "alt"],
      span: ["role", "aria-label"],
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
  const { images, trackers, contentIds } = found;
  return { html, remoteContent: { images, trackers }, contentIds };
}

interface Found extends FoundImages {
  readonly styles: Map<string, CleanStyle>;
}

/** One element: what it may keep, under a name it may have. Ids, names and classes all go: none can clobber or target. */
function clean(tag: string, attributes: Attributes, found: Found): CleanElement {
  const { style, images } = cleanedOnce(attributes.style ?? "", found.styles);
  found.images += images + (attributes.background === undefined ? 0 : 1);
  if (tag === "img" || tag === "image") return cleanImage(attributes, style, found);
  if (tag === "input" && attributes.type?.toLowerCase() === "image")
    return cleanImage(attributes, style, found);
  const kept = plainAttributes(attributes);
  // Word's paragraphs rely on its style sheet for having no margins.
  const margin = /\bMso(?:Normal|NoSpacing|PlainText)/u.test(attributes.class ?? "") ? "margin:0" : "";
  const styles = [margin, style].filter(Boolean).join(";");
  if (styles !== "") kept.style = styles;
  const marker = quoteMarker(tag, attributes);
  if (marker !== null) kept[markerAttribute] = marker;
  if (tag === "a" || tag === "area")
    return { tagName: "a", attribs: { ...kept, ...linkAttributes(attributes.href) } };
  // The body's own ground is part of how a newsletter looks.
  if (tag === "body") return { tagName: "div", attribs: kept };
  // Ours alone are `<details>`: a mail's would be taken for a folded quote.
  if (tag === "details" || tag === "summary") return { tagName: "div", attribs: kept };
  return { tagName: tag, attribs: kept };
}

/** Newsletters repeat the same few styles thousands of times. */
function cleanedOnce(source: string, known: Map<string, CleanStyle>): CleanStyle {
  const clean = known.get(source) ?? cleanStyle(source);
  known.set(source, clean);
  return clean;
}
