/**
 * The HTML of a mail, reduced to what can neither run nor load. An allow-list throughout: elements, attributes, styles and
 * addresses that are not named here do not come out. `<style>` blocks are dropped with their content: rewriting
 * selectors safely is a project of its own, and newsletters repeat inline what matters.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Cross_Site_Scripting_Prevention_Cheat_Sheet.html
 */

import sanitizeHtml from "sanitize-html";
import { normalizeContentId } from "./part.ts";
import { QUOTE_MARKER, quoteMarker } from "./quoted-html.ts";
import { isTracker } from "./remote-image.ts";
import { type CleanStyle, cleanStyle } from "./sanitize-style.ts";
import type { RemoteContent } from "./types.ts";

export interface SanitizedHtml {
  /** Well-formed; quotes still carry their marker, for `foldQuotes`. */
  readonly html: string;
  readonly remoteContent: RemoteContent;
  /** Content ids of the parts it shows: `<img data-cid="…">`. */
  readonly contentIds: ReadonlySet<string>;
}

type Attributes = Record<string, string>;

/** Elements nested deeper are left out, their text stays. */
const NESTING_SHOWN = 250;
/** Beyond this the parser's own work grows with the square of the depth, so it is stopped. */
const NESTING_READ = 1_000;

/** Thrown when the markup nests too deep to be read at all. */
export class TooDeepError extends Error {
  override readonly name = "TooDeepError";
}

const TAGS =
  `a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd
  del details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark
  nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead time
  tr tt u ul var wbr`.split(/\s+/u);

/** Elements whose text is not for reading, or belongs to another language. */
const SWALLOWED =
  `script style title template textarea option select xmp noframes noembed iframe svg math object
  applet audio video canvas frameset datalist plaintext`.split(/\s+/u);

/** Presentational attributes, safe whatever their value once it is {@link PLAIN_VALUE}. */
const PLAIN_ATTRIBUTES =
  `align bgcolor border cellpadding cellspacing char charoff color cols colspan dir face frame height hspace lang
  noshade nowrap rowspan rules scope size span start type valign value vspace width`.split(/\s+/u);
const PLAIN_ATTRIBUTE_NAMES = new Set(PLAIN_ATTRIBUTES);
const PLAIN_VALUE = /^[\w\s#%.,+'"-]{0,200}$/u;

const DATA_IMAGE = /^data:image\/(?:png|jpe?g|gif|webp|avif|bmp);base64,[\w+/=\s]+$/iu;
const LINK = /^(?:https?:\/\/[^\s]|mailto:[^\s])/iu;

/**
 * Sanitizes a mail's HTML. Remote images are taken out and counted; a placeholder of the same size keeps the layout.
 * @throws {TooDeepError} when elements nest more than 1,000 deep.
 */
export function sanitize(source: string): SanitizedHtml {
  const found: Found = { images: 0, trackers: 0, contentIds: new Set(), styles: new Map() };
  let depth = 0;
  const html = sanitizeHtml(source, {
    allowedTags: TAGS,
    nonTextTags: SWALLOWED,
    disallowedTagsMode: "discard",
    allowedAttributes: {
      "*": [...PLAIN_ATTRIBUTES, "style", "title", "class", QUOTE_MARKER],
      a: ["href", "rel", "target"],
      img: ["data-cid", "src", "alt"],
      span: ["role", "aria-label"],
    },
    allowedSchemes: ["http", "https", "mailto"],
    allowedSchemesByTag: { img: ["data"] },
    allowProtocolRelative: false,
    parseStyleAttributes: false,
    nestingLimit: NESTING_SHOWN,
    transformTags: { "*": (tag, attributes) => clean(tag, attributes, found) },
    onOpenTag: () => {
      depth += 1;
      if (depth > NESTING_READ) throw new TooDeepError("the markup nests too deep");
    },
    onCloseTag: () => {
      depth -= 1;
    },
  });
  const { images, trackers, contentIds } = found;
  return { html, remoteContent: { images, trackers }, contentIds };
}

interface Found {
  images: number;
  trackers: number;
  readonly contentIds: Set<string>;
  readonly styles: Map<string, CleanStyle>;
}

/** One element: what it may keep, under a name it may have. Ids, names and classes all go: none can clobber or target. */
function clean(tag: string, attributes: Attributes, found: Found): { tagName: string; attribs: Attributes } {
  const { style, images } = cleanedOnce(attributes.style ?? "", found.styles);
  found.images += images + (attributes.background === undefined ? 0 : 1);
  if (tag === "img" || tag === "image") return image(attributes, style, found);
  if (tag === "input" && attributes.type?.toLowerCase() === "image") return image(attributes, style, found);
  const kept = plainAttributes(attributes);
  // Word's paragraphs rely on its style sheet for having no margins.
  const margin = /\bMso(?:Normal|NoSpacing|PlainText)/u.test(attributes.class ?? "") ? "margin:0" : "";
  const styles = [margin, style].filter(Boolean).join(";");
  if (styles !== "") kept.style = styles;
  const marker = quoteMarker(tag, attributes);
  if (marker !== null) kept[QUOTE_MARKER] = marker;
  if (tag === "a" || tag === "area") return { tagName: "a", attribs: { ...kept, ...link(attributes.href) } };
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

function plainAttributes(attributes: Attributes): Attributes {
  const kept: Attributes = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (PLAIN_ATTRIBUTE_NAMES.has(name) && PLAIN_VALUE.test(value)) kept[name] = value;
  }
  const title = attributes.title;
  if (title) kept.title = title.slice(0, 500);
  return kept;
}

function link(href: string | undefined): Attributes {
  // What a browser ignores inside an address could hide its scheme.
  const address = (href ?? "").replace(/\p{Cc}/gu, "").trim();
  return LINK.test(address) ? { href: address, rel: "noopener noreferrer nofollow", target: "_blank" } : {};
}

function image(
  attributes: Attributes,
  style: string,
  found: Found,
): { tagName: string; attribs: Attributes } {
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
  if (DATA_IMAGE.test(source)) return { tagName: "img", attribs: { src: source, ...kept } };
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
