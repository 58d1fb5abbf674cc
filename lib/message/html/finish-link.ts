/** The links of a mail's HTML: without what only tells who has clicked, with their true target, and with a note where they mislead. */

import { type ChildNode, Element, isTag, isText } from "domhandler";
import type { MailLink } from "../../domain/mail-link.ts";
import { cleanLink } from "../links/clean-link.ts";
import { judgeLink } from "../links/judge-link.ts";
import { escapeHtml, unescapeHtml } from "./html-entities.ts";

/** Of more there is nothing to read for anybody. */
const listedLinks = 200;
const longestTitle = 300;
const longestText = 200;

/** The class of a note; no class of a mail's is it. */
export const linkNoteClass = "link-note";

export class Links {
  /** Those of which there is something to say. */
  readonly told: MailLink[] = [];

  /** An `<a>` whose content is finished. */
  finish(element: Element): void {
    const written = element.attribs.href;
    if (written === undefined) return;
    const { href, original } = cleanLink(unescapeHtml(written));
    const text = textOf(element.children).replace(/\s+/gu, " ").trim();
    const note = judgeLink(href, text);
    element.attribs = {
      ...element.attribs,
      href: escapeHtml(href),
      title: escapeHtml(href.slice(0, longestTitle)),
    };
    if (note !== null) {
      const facts = { class: linkNoteClass, "data-note": note.flag, "data-site": escapeHtml(note.site) };
      element.children.push(new Element("span", facts));
    }
    if ((note !== null || original !== null) && this.told.length < listedLinks) {
      this.told.push({ text: text.slice(0, longestText), href, original, note });
    }
  }
}

function textOf(nodes: readonly ChildNode[]): string {
  return nodes
    .map((node) => (isText(node) ? unescapeHtml(node.data) : isTag(node) ? textOf(node.children) : ""))
    .join("");
}
