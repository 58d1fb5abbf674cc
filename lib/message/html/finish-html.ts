/**
 * What becomes of a mail's HTML once it is sanitized: one tree, one walk over it, one serialization.
 *
 * The threat: markup that means one thing here and another to the browser. So nothing comes in but the sanitizer's output and
 * texts that were escaped into a box: every element is closed there and every `<` is a tag, and XML's rules read it exactly.
 * Text and attributes stay escaped as they were written: no entity is decoded on the way, so no text can become a tag. The walk adds elements of our own
 * making, and takes markers away; it moves nothing into another element but whole quotes into their fold. What comes out is
 * not parsed here again: the browser is next.
 */

import { render } from "dom-serializer";
import { type ChildNode, Element, isTag, isText, Text } from "domhandler";
import { parseDocument } from "htmlparser2";
import type { MailLink } from "../../domain/mail-link.ts";
import type { Conversation } from "../mime/conversation.ts";
import { Links } from "./finish-link.ts";
import { HeightEstimate } from "./height-estimate.ts";
import { unescapeHtml } from "./html-entities.ts";
import { TextBuilder } from "./html-text.ts";
import { Runs } from "./mark-unbroken.ts";
import { markerAttribute } from "./quote-markers.ts";
import { isPicture } from "./quote-regions.ts";
import { type Fold, foldsOf } from "./quoted-html.ts";

export interface FinishedHtml {
  readonly html: string;
  /** Whether there is anything to see: markup can be all wrapping. */
  readonly isVisible: boolean;
  /** About how tall it is, in CSS pixels. */
  readonly heightPx: number;
  /** Whether something in it is too long to be shown in full. */
  readonly isCut: boolean;
  /** Links of which there is something to say. */
  readonly links: readonly MailLink[];
  /** The HTML as plain text, with its quotes. */
  text(): string;
}

/** What a folded quote is called; the frame puts its own words in its place. */
export const quoteSummaryText = "Quoted text";

/** @param sanitized what `sanitize` gives, and escaped texts in a box of their own; nothing else */
export function finishHtml(sanitized: string, conversation: Conversation): FinishedHtml {
  const root = parseDocument(sanitized, { xmlMode: true, decodeEntities: false });
  const hasQuotes = sanitized.includes(`${markerAttribute}="`);
  const walk = new Walk(hasQuotes ? foldsOf(root.children, conversation) : new Map());
  const nodes = walk.runs.around(walk.rewrite(root.children));
  const { isVisible, links, text } = walk;
  return {
    html: render(nodes, { encodeEntities: false, selfClosingTags: true }),
    isVisible,
    heightPx: walk.height.px,
    isCut: walk.runs.isCut,
    links: links.told,
    text: () => text.toString(),
  };
}

class Walk {
  readonly runs = new Runs();
  readonly text = new TextBuilder();
  readonly height = new HeightEstimate();
  readonly links = new Links();
  isVisible = false;
  readonly #folds: ReadonlyMap<ChildNode, Fold>;

  constructor(folds: ReadonlyMap<ChildNode, Fold>) {
    this.#folds = folds;
  }

  /** The nodes that stand in the place of these. */
  rewrite(nodes: readonly ChildNode[]): ChildNode[] {
    const written: ChildNode[] = [];
    let into = written;
    let last: ChildNode | null = null;
    for (const node of nodes) {
      const fold = this.#folds.get(node);
      if (fold !== undefined) {
        const details = detailsOf(fold);
        written.push(details);
        this.runs.pass(details.name);
        into = details.children;
        last = fold.last;
      }
      this.#visit(node, into);
      if (node === last) {
        this.runs.pass("details");
        into = written;
        last = null;
      }
    }
    return written;
  }

  #visit(node: ChildNode, into: ChildNode[]): void {
    if (isText(node)) {
      this.isVisible ||= /\S/u.test(node.data);
      this.text.add(unescapeHtml(node.data));
      this.height.add(node.data);
      for (const piece of this.runs.mark(node)) into.push(piece);
    } else if (isTag(node)) {
      into.push(node);
      this.#visitElement(node);
    }
  }

  #visitElement(element: Element): void {
    const { name } = element;
    if (isPicture(element)) {
      this.isVisible = true;
      this.height.picture(element);
    }
    if (markerAttribute in element.attribs) {
      const { [markerAttribute]: _marker, ...attribs } = element.attribs;
      element.attribs = attribs;
    }
    this.runs.pass(name);
    this.text.open(name);
    this.height.pass(name);
    element.children = this.rewrite(element.children);
    if (name === "a") this.links.finish(element);
    this.text.close(name);
    this.height.pass(name);
    this.runs.pass(name);
  }
}

/** Needs no script. */
function detailsOf({ isOpen }: Fold): Element {
  const summary = new Element("summary", {}, [new Text(quoteSummaryText)]);
  return new Element("details", { ...(isOpen && { open: "" }), class: "quoted" }, [summary]);
}
